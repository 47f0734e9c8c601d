import type { Page } from 'playwright-core';

/** To another page of the console without loading it anew, as its links do. */
export const goWithin = (page: Page, path: string): Promise<void> =>
  page.evaluate((to) => history.pushState(null, '', to), path);

/** Nothing of it is on its way any more. */
export const settled = async (page: Page): Promise<void> => {
  await page.waitForFunction(
    () =>
      document.querySelector('main h1') && !document.querySelector('main .bones, main [aria-busy="true"]'),
  );
};
