import type { Browser, Page } from 'playwright-core';
import type { Opened } from './worlds.ts';

interface Watched {
  /** Milliseconds after the navigation began. */
  shownAt?: number;
  /** How far what was in sight moved by itself until now: cumulative layout shift. */
  moved?: number;
}

const theirToken = 'wayleaf.token';
const waitedFor = 'bench.there';

/** A tab with nothing in its cache. @param token of a session that is stored @param there see `shownAt` */
export const openTab = async (
  browser: Browser,
  { token, there }: { token?: string | undefined; there?: string } = {},
): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
  context.setDefaultTimeout(20_000);
  const kept = [
    [theirToken, token],
    [waitedFor, there],
  ].filter(([, text]) => text !== undefined) as [string, string][];
  await context.addInitScript((all) => {
    if (location.protocol !== 'about:') for (const [key, text] of all) sessionStorage.setItem(key, text);
  }, kept);
  await context.addInitScript(watch, waitedFor);
  return context.newPage();
};

/** Runs in each page, before it: says when the frame with what is waited for was drawn. */
const watch = (key: string): void => {
  let moved = 0;
  const add = (entries: PerformanceEntryList): void => {
    for (const { value, hadRecentInput } of entries as unknown as {
      value: number;
      hadRecentInput: boolean;
    }[])
      if (!hadRecentInput) moved += value;
    Object.assign(window, { moved } satisfies Watched);
  };
  new PerformanceObserver((list) => add(list.getEntries())).observe({ type: 'layout-shift', buffered: true });
  const there = location.protocol === 'about:' ? null : sessionStorage.getItem(key);
  if (there === null) return;
  const observer = new MutationObserver(() => {
    if (!document.querySelector(there)) return;
    observer.disconnect();
    const say = (): void => void Object.assign(window, { shownAt: performance.now() } satisfies Watched);
    requestAnimationFrame(() => setTimeout(say));
  });
  observer.observe(document, { childList: true, subtree: true, attributes: true });
};

/** From the navigation until the frame in which stands what is waited for: milliseconds by the page's own clock. */
export const shownAt = async (page: Page): Promise<number> =>
  Number(await (await page.waitForFunction(() => (window as Watched).shownAt)).jsonValue());

/** So far, in the page that is open. */
export const movedIn = (page: Page): Promise<number> => page.evaluate(() => (window as Watched).moved ?? 0);

/** Of a page of the console that is opened by its address, in a tab that was there before. */
export const timeUntil = async (page: Page, opened: Opened, path: string, there: string): Promise<number> => {
  if (!page.url().startsWith(opened.address('/'))) await page.goto(opened.address('/favicon.svg'));
  await page.evaluate(([key, text]) => sessionStorage.setItem(key, text), [waitedFor, there] as const);
  await page.goto(opened.address(path), { waitUntil: 'commit' });
  return shownAt(page).catch((cause: unknown) => {
    throw new Error(`${path} does not show ${there}`, { cause });
  });
};
