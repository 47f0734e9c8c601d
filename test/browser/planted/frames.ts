import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { planted } from './xss.ts';

/** A frame just as the page made it for each of them, filled as `SafeFrame` fills it, and all in it pressed. */
export const inFrames = async (page: Page, base: string): Promise<void> => {
  await page.goto(`${base}/templates/self-serve`);
  await page.frameLocator('iframe[title="The mail"]').locator('table').first().waitFor();
  const within = await page.evaluate(async (all) => {
    const made = document.querySelector('iframe')!;
    const ranWith = async (html: string): Promise<boolean> => {
      const frame = made.cloneNode() as HTMLIFrameElement;
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
      document.body.append(frame);
      await loaded;
      const shown = frame.contentDocument!;
      shown.documentElement.innerHTML = html;
      const click = new MouseEvent('click', { bubbles: true, cancelable: true });
      for (const one of shown.querySelectorAll('a, button')) one.dispatchEvent(click);
      await new Promise((resolve) => setTimeout(resolve, 200));
      const ran = shown.defaultView !== null && 'planted' in shown.defaultView;
      frame.remove();
      return ran;
    };
    const ran = await Promise.all(all.map(ranWith));
    return all.filter((_, i) => ran[i]);
  }, planted);
  expect(within).toEqual([]);
  const ran = await Promise.all(page.frames().map((frame) => frame.evaluate(() => 'planted' in window)));
  expect(ran).not.toContain(true);
  expect(page.url()).toBe(`${base}/templates/self-serve`);
};
