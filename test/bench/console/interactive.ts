import type { Browser } from 'playwright-core';
import { median } from '../section.ts';
import { openTab, shownAt } from './browser.ts';
import type { Opened } from './worlds.ts';

const times = 5;

/** What is pressed as soon as it can be, and what the page shows in answer. */
interface Input {
  what: string;
  press: string;
  answer: string;
  isSignedIn: boolean;
}

const inputs: readonly Input[] = [
  {
    ...{ what: 'the first page of all, where one signs in', isSignedIn: false },
    ...{ press: 'input[type=checkbox]', answer: 'input.mono[type=text]' },
  },
  {
    ...{ what: 'the overview, in a session', isSignedIn: true },
    ...{ press: '.choice button:first-of-type', answer: '.choice button:first-of-type[aria-pressed=true]' },
  },
];

/** Of a browser that has nothing of ours. */
const once = async (
  browser: Browser,
  { token, address }: Opened,
  { press, answer, isSignedIn }: Input,
  cached: boolean,
): Promise<number> => {
  const page = await openTab(browser, { token: isSignedIn ? token : undefined, there: answer });
  const visit = async (): Promise<number> => {
    await page.goto(address('/'), { waitUntil: 'commit' });
    await page.locator(press).first().click();
    return shownAt(page);
  };
  try {
    if (cached) await visit();
    return await visit();
  } finally {
    await page.context().close();
  }
};

export interface Interactive {
  what: string;
  cold: number;
  warm: number;
}

/** From the navigation until the frame that answers a press of the mouse: median milliseconds. */
export const timeInteractive = async (browser: Browser, opened: Opened): Promise<Interactive[]> => {
  const found: Interactive[] = [];
  for (const input of inputs) {
    const [cold, warm]: [number[], number[]] = [[], []];
    for (let i = 0; i < times; i++) {
      cold.push(await once(browser, opened, input, false));
      warm.push(await once(browser, opened, input, true));
    }
    found.push({ what: input.what, cold: median(cold), warm: median(warm) });
  }
  return found;
};
