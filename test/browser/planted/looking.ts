import type { Frame, Page } from 'playwright-core';
import { expect } from 'vitest';
import { goWithin, settled } from '../console/going.ts';

/** What runs is one thing; what stands in our own document as markup though it was words is the other. */
const asMarkup = [
  ...['script:not([src])', 'object', 'embed', 'base', 'math', 'marquee', 'audio', 'video', 'animate', 'x'],
  ...['meta[http-equiv="refresh"]', 'link[rel="import"]', '.page style', 'main template', 'main noscript'],
  ...['iframe:not(.frame, [sandbox=""])', 'img[src="x"]', '[formaction]', '[autofocus]', 'details[ontoggle]'],
  ...['load', 'error', 'focus', 'blur', 'mouseover', 'start', 'begin', 'toggle', 'click'].map(
    (event) => `[on${event}]`,
  ),
].join();

/** A frame in which nothing may run answers nothing, and nothing ran there. */
const ranIn = (frame: Frame): Promise<boolean> =>
  Promise.race([
    frame.evaluate(() => 'planted' in window),
    new Promise<boolean>((resolve) => setTimeout(resolve, 2_000, false)),
  ]);

/** @returns what was taken for markup in the page itself, and what ran in it or in a frame of it */
const harmIn = async (page: Page): Promise<string[]> => {
  const found = await page.evaluate((selector) => {
    const links = [...document.querySelectorAll<HTMLAnchorElement>('a[href]')];
    const wrong = links.filter(({ protocol }) => !/^(?:https?|mailto|blob):$/.test(protocol));
    return [...document.querySelectorAll(selector), ...wrong].map((one) => one.outerHTML.slice(0, 200));
  }, asMarkup);
  const ran = await Promise.all(page.frames().map(ranIn));
  return [...found, ...ran.flatMap((did, i) => (did ? [`ran in ${page.frames()[i]?.url()}`] : []))];
};

const plain = (text: string): string => text.replaceAll(/[\s\p{Cc}]/gu, '');

/** Everything that is to be read on the page, also in its fields and in what its frames and pictures say. */
const readable = async (page: Page): Promise<string> =>
  plain(
    await page.evaluate(
      () =>
        (document.body?.innerText ?? '') +
        [...document.querySelectorAll('svg text, svg title, option, pre')]
          .map((one) => one.textContent)
          .join('\n') +
        [...document.querySelectorAll<HTMLInputElement>('input, textarea')]
          .map(({ value }) => value)
          .join('\n') +
        [...document.querySelectorAll('[aria-label], [title]')]
          .map((one) => `${one.getAttribute('aria-label')}\n${one.getAttribute('title')}`)
          .join('\n'),
    ),
  );

/** A field that is shown, where it is looked at, and which of the words stand there then. */
export interface Place {
  shows: string;
  at: string;
  /** Until it is there. */
  ready: string;
  /** What opens more of it. */
  open?(page: Page): Promise<void>;
  texts: readonly string[];
}

const missingOn = async (page: Page, texts: readonly string[]): Promise<string[]> => {
  const shown = await readable(page);
  return texts.filter((text) => !shown.includes(plain(text)));
};

/** The page as it is now: the words stand there, and are words. */
export const lookAtPage = async (page: Page, shows: string, texts: readonly string[]): Promise<void> => {
  await expect
    .poll(async () => [shows, await missingOn(page, texts)], { timeout: 8_000 })
    .toEqual([shows, []]);
  expect([shows, await harmIn(page)]).toEqual([shows, []]);
};

export const lookAt = async (page: Page, { shows, at, ready, open, texts }: Place): Promise<void> => {
  await goWithin(page, at);
  await page.locator(ready).first().waitFor({ timeout: 30_000 });
  await settled(page);
  await open?.(page);
  await lookAtPage(page, shows, texts);
};
