import type { Page, Route } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { axeFaults } from '../axe.ts';
import { goWithin, settled } from './going.ts';
import { call, enterAda } from './people-given.ts';
import { type ConsoleStage, signIn } from './stage.ts';

/** Every page and what it shows once it has its answers. */
const pagesOf = (contact: string): Readonly<Record<string, string>> => ({
  '/': '.figures',
  '/journeys': 'table',
  '/journeys/greeting': '.react-flow__node-card',
  '/journeys/greeting/edit': '.cm-content',
  '/journeys/greeting/try': '.react-flow__node-card',
  '/journeys/greeting/versions': '.react-flow__node-card',
  '/journeys/greeting/forecast': '.figure',
  '/templates': 'table',
  '/templates/thank-you': '.cm-content',
  '/forms': 'table',
  '/forms/demo-request': '.cm-content',
  '/segments': 'table',
  '/segments/dormant': '.cm-content',
  '/contacts': 'table',
  [`/contacts/${contact}`]: '.timeline-entry',
  [`/contacts/${contact}/data`]: '.field-row',
  [`/contacts/${contact}/consent`]: 'table',
  '/tasks': '.task, .empty',
  '/quarantine': 'table, .empty',
  '/settings': '.facts',
  '/settings/tokens': 'table',
  '/audit': 'table',
});

/** Nothing of these waits for an answer. */
const atOnce = {
  '/journeys/new': '.cm-content',
  '/templates/new': '.cm-content',
  '/forms/new': '.cm-content',
};
const formsOnly = { '/segments/new': '.cm-content', '/contacts/import': 'form' };

interface Shift {
  value: number;
  hadRecentInput: boolean;
  sources: { node?: Element }[];
}

/** Said anew by each document: how far what was in sight moved by itself. */
const watchShifts = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const shifts: { value: number; of: string[] }[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as Shift[])
        if (!entry.hadRecentInput)
          shifts.push({
            value: entry.value,
            of: entry.sources.map(({ node }) => `${node?.nodeName} ${node?.className}`),
          });
    }).observe({ type: 'layout-shift', buffered: true });
  });

/** What moved since it was asked last. */
const movedOn = async (page: Page, path: string): Promise<unknown[]> => {
  const shifts = await page.evaluate(
    () =>
      new Promise<{ value: number; of: string[] }[]>((resolve) =>
        // A shift is told with the frame that shows it.
        requestAnimationFrame(() =>
          setTimeout(() =>
            resolve((window as unknown as { shifts: { value: number; of: string[] }[] }).shifts.splice(0)),
          ),
        ),
      ),
  );
  const sum = shifts.reduce((before, { value }) => before + value, 0);
  return sum < 0.02 ? [] : [{ path, sum, shifts }];
};

const widerOn = async (page: Page, path: string): Promise<unknown[]> => {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return wider > 0 ? [{ path, wider }] : [];
};

const narrow = { viewport: { width: 390, height: 860 }, colorScheme: 'dark' } as const;
const wide = { viewport: { width: 1280, height: 860 }, colorScheme: 'light' } as const;
const ofItsLook = ['color-contrast', 'target-size', 'scrollable-region-focusable'];

/** A line to the API that holds what is asked, breaks it off, or lets it through. */
const holdLine = async (page: Page) => {
  let state: 'held' | 'down' | 'up' = 'up';
  const held: Route[] = [];
  await page.route('**/v1/**', async (route) => {
    if (route.request().url().endsWith('/v1/me') && state === 'held') await route.continue();
    else if (state === 'held') held.push(route);
    else if (state === 'down') await route.abort('connectionrefused');
    else await route.continue();
  });
  return {
    set: async (to: typeof state): Promise<void> => {
      state = to;
      if (to === 'down') await Promise.all(held.splice(0).map((route) => route.abort('connectionrefused')));
    },
  };
};

export const states = (at: () => ConsoleStage): void => {
  let pages: Readonly<Record<string, string>>;
  beforeAll(async () => {
    await enterAda(at().world);
    const { json } = await call(at().world, 'GET', '/v1/contacts?email=ada@example.com');
    pages = pagesOf(String(json.id));
  });

  test('every page that the navigation leads to is looked at here', async () => {
    const page = await at().signedIn('/');
    await page.locator('.nav-link').first().waitFor();
    const links = await page
      .locator('.nav-link')
      .evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    expect(links.length).toBeGreaterThan(8);
    expect(links.filter((link) => !(link! in pages))).toEqual([]);
  });

  test('nothing that is in sight moves while a page loads, nothing is wider than the screen, and axe finds nothing, narrow and dark, wide and light', async () => {
    const page = await at().signedIn('/', { ...narrow });
    await watchShifts(page);
    const found: unknown[] = [];
    const all: Readonly<Record<string, string>> = { ...pages, ...atOnce, ...formsOnly };
    await page.reload();
    for (const [path, there] of Object.entries(all)) {
      await goWithin(page, path);
      await page.locator(there).first().waitFor({ state: 'attached' });
      await settled(page);
      found.push(...(await movedOn(page, path)));
      found.push(...(await axeFaults(page)), ...(await widerOn(page, path)));
      await page.setViewportSize(wide.viewport);
      await page.emulateMedia(wide);
      // Its colours and how it lies there are new; what it is made of is not.
      found.push(...(await axeFaults(page, ofItsLook)), ...(await widerOn(page, path)));
      await page.setViewportSize(narrow.viewport);
      await page.emulateMedia(narrow);
    }
    expect(found).toEqual([]);
  }, 120_000);

  test.each([
    ['wide', wide],
    ['narrow', narrow],
  ] as const)(
    '%s, nothing moves while a page is loaded anew',
    async (_, options) => {
      const page = await at().signedIn('/favicon.svg', options);
      await watchShifts(page);
      const found: unknown[] = [];
      for (const path of ['/', '/journeys/greeting', '/journeys/greeting/edit', '/contacts', '/settings']) {
        await page.goto(at().url + path);
        await page.locator(pages[path]!).first().waitFor({ state: 'attached' });
        await settled(page);
        found.push(...(await movedOn(page, path)));
      }
      expect(found).toEqual([]);
    },
    60_000,
  );

  test('each page waits visibly, says when nobody answers, and is there after another try', async () => {
    const page = await at().signedIn('/', { alone: true });
    await page.clock.install();
    const line = await holdLine(page);
    for (const [path, there] of Object.entries(pages)) {
      await line.set('held');
      await page.goto(at().url + path);
      const main = page.getByRole('main');
      await expect.poll(async () => [path, await main.getByText('Loading').count()]).not.toEqual([path, 0]);
      await line.set('down');
      const alert = main.getByRole('alert').first();
      const failed = async (): Promise<unknown> => {
        await page.clock.fastForward(2_000);
        return [path, await alert.allTextContents()];
      };
      // Asked anew a few times, each of which takes long where two processors do other things as well.
      await expect
        .poll(failed, { timeout: 20_000 })
        .toEqual([path, [expect.stringContaining('No answer from the server')]]);
      await page.getByText('The server does not answer.').waitFor();
      if (path === '/contacts') expect(await axeFaults(page)).toEqual([]);
      await line.set('up');
      await alert.getByRole('button', { name: 'Try again' }).click();
      await page.locator(there).first().waitFor({ state: 'attached' });
      await page.getByText('The server does not answer.').waitFor({ state: 'detached' });
    }
  }, 90_000);

  test('what scrolls is reached by keyboard while something is out of sight, and is no stop otherwise', async () => {
    const page = await at().signedIn('/journeys');
    const region = page.getByRole('region', { name: 'Journeys' });
    await region.locator('td').first().waitFor();
    expect(await region.getAttribute('tabindex')).toBeNull();
    await page.setViewportSize({ width: 340, height: 700 });
    await expect.poll(() => region.getAttribute('tabindex')).toBe('0');
    await region.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => region.evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(0);
  }, 30_000);

  test('what has nothing in it says what comes there', async () => {
    const page = await at().signedIn('/');
    const nothing = {
      journeys: [],
      contacts: [],
      templates: [],
      forms: [],
      segments: [],
      tasks: [],
      entries: [],
    };
    await page.route(
      /\/v1\/(journeys|contacts|templates|forms|segments|tasks|quarantine|audit)(\?|$)/,
      (route) => route.fulfill({ json: { ...nothing, acts: [], next: null, more: false } }),
    );
    const lists = ['journeys', 'contacts', 'templates', 'forms', 'segments', 'tasks', 'quarantine', 'audit'];
    for (const list of lists) {
      await goWithin(page, `/${list}`);
      await page.getByRole('heading', { name: /^(No|Nothing|Nobody) / }).waitFor();
      expect([list, await page.locator('.empty p').count()]).toEqual([list, 1]);
      expect(await axeFaults(page)).toEqual([]);
    }
  }, 30_000);

  test('a server that stops is told beside what is shown; a page not loaded yet is there once it is back', async () => {
    const { world } = at();
    const { baseUrl } = world.settings;
    const first = await world.listen({ port: 0 });
    const page = await at().tab();
    await signIn(page, first.url, world.adminToken);
    await page.getByText('New leads').waitFor();
    await first.close();
    await page.getByRole('button', { name: '7 days' }).click();
    await page.getByText('The server does not answer.').waitFor();
    await page.getByText('New leads').waitFor();
    await page.getByRole('link', { name: 'Journeys' }).click();
    const alert = page.getByRole('main').getByRole('alert');
    await alert.getByText('This page did not load').waitFor();
    await alert.getByRole('button', { name: 'Try again' }).click();
    await alert.getByText('This page did not load').waitFor();
    await world.listen({ port: Number(new URL(first.url).port) });
    world.settings.baseUrl = baseUrl;
    await alert.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('link', { name: 'Follow up a demo request' }).waitFor();
    await page.getByText('The server does not answer.').waitFor({ state: 'detached' });
  }, 40_000);
};
