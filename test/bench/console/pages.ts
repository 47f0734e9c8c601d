import type { Browser, Page, Request } from 'playwright-core';
import { median } from '../section.ts';
import { movedIn, openTab, timeUntil } from './browser.ts';
import type { Opened } from './worlds.ts';

interface Visit {
  path: string;
  /** Stands there as soon as one sees what one came for. */
  there: string;
  /** Where the path does not say it. */
  what?: string;
  /** It is there at once, and what it shows is worked out first: of 10,000 people who are imagined. */
  isWorkedOut?: boolean;
}

export const visits: readonly Visit[] = [
  { path: '/', there: '.figure-value' },
  { path: '/', there: '.kpi', what: '/ with its key figures' },
  { path: '/journeys', there: 'table td' },
  { path: '/journeys/demo-follow-up', there: '.react-flow__node-card' },
  { path: '/journeys/large', there: '.react-flow__node-card', what: '/journeys/large of 300 steps' },
  { path: '/journeys/large/edit', there: '.editor' },
  { path: '/journeys/demo-follow-up/try', there: '.react-flow__node-card' },
  { path: '/journeys/demo-follow-up/versions', there: '.react-flow__node-card' },
  { path: '/journeys/demo-follow-up/forecast', there: '.figure', isWorkedOut: true },
  { path: '/templates', there: 'table td' },
  { path: '/templates/demo-confirm', there: '.editor' },
  { path: '/forms', there: 'table td' },
  { path: '/forms/demo-request', there: '.editor' },
  { path: '/contacts', there: 'table td' },
  { path: '/contacts/{id}', there: '.timeline-entry' },
  { path: '/contacts/{id}/data', there: '.field-row' },
  { path: '/contacts/{id}/consent', there: 'table td, .empty' },
  { path: '/contacts/import', there: 'form' },
  { path: '/segments', there: 'table td' },
  {
    ...{ path: '/segments/new', what: '/segments/new with its size, of a sample' },
    there: '[role=status][aria-busy=false] .figure-value',
  },
  { path: '/segments/large', there: 'table td' },
  { path: '/tasks', there: '.task, .empty' },
  { path: '/quarantine', there: 'table td, .empty' },
  { path: '/settings', there: '.facts' },
  { path: '/settings/tokens', there: 'table td' },
  { path: '/audit', there: 'table td' },
];

/** What a page asked the API. */
export interface Asked {
  method: string;
  path: string;
  body?: string | undefined;
}

export interface Timed {
  what: string;
  isWorkedOut: boolean;
  /** Milliseconds of the very first visit in each world: nothing was kept by anybody. */
  first: number[];
  /** Median milliseconds in each world, in the order of the worlds. */
  ms: number[];
  /** By world. */
  asked: Asked[][];
  /** Layout shift of the first visit, in the world where it is more. */
  moved: number;
}

const times = 5;

const listen = (page: Page, origin: string): (() => Asked[]) => {
  const asked: Asked[] = [];
  const hear = (request: Request): void => {
    if (!request.url().startsWith(`${origin}v1/`)) return;
    const path = request.url().slice(origin.length - 1);
    asked.push({ method: request.method(), path, body: request.postData() ?? undefined });
  };
  page.on('request', hear);
  return () => {
    page.off('request', hear);
    return asked;
  };
};

/** Each world in turn, so that what else the machine does hits all alike; the first time of each fills the cache. */
const timeVisit = async (
  tabs: readonly { page: Page; opened: Opened }[],
  { path, there, what = path, isWorkedOut = false }: Visit,
): Promise<Timed> => {
  const took: number[][] = tabs.map(() => []);
  const asked: Asked[][] = [];
  const first: number[] = [];
  let moved = 0;
  for (const { page, opened } of tabs) {
    const heard = listen(page, opened.address('/'));
    first.push(await timeUntil(page, opened, path, there));
    await page.waitForLoadState('networkidle');
    asked.push(heard());
    moved = Math.max(moved, await movedIn(page));
  }
  for (let i = 0; i < times; i++) {
    const inTurn = [...tabs.entries()];
    for (const [of, { page, opened }] of i % 2 === 0 ? inTurn : inTurn.reverse())
      took[of]!.push(await timeUntil(page, opened, path, there));
  }
  return { what, isWorkedOut, moved, first, ms: took.map(median), asked };
};

export const timePages = async (
  browser: Browser,
  worlds: readonly Opened[],
  tell: (done: number, of: number, what: string) => void,
): Promise<Timed[]> => {
  const tabs = await Promise.all(
    worlds.map(async (opened) => ({ opened, page: await openTab(browser, opened) })),
  );
  const found: Timed[] = [];
  for (const [i, visit] of visits.entries()) {
    tell(i, visits.length, visit.path);
    found.push(await timeVisit(tabs, visit));
  }
  await Promise.all(tabs.map(({ page }) => page.context().close()));
  return found;
};
