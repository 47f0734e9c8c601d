import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { builtConsole } from '#infra/console/built';
import { createWorld, type World, type WorldOptions } from '#infra/local/world';
import { launchBrowser } from '../chromium.ts';

export interface TabOptions {
  viewport?: { width: number; height: number };
  colorScheme?: 'light' | 'dark';
  /** In a window of its own, whose cache, clock and line nobody else has. */
  alone?: true;
}

/** One browser and one world with a console, for all of its tests. */
export interface ConsoleStage {
  world: World;
  url: string;
  /** What the browser's console said that it should not, of all pages so far. */
  complaints: string[];
  /** A tab in which nobody is signed in. */
  tab(options?: TabOptions): Promise<Page>;
  /** A tab with a session, as after loading a page of it anew. @param token the administrator's when left out */
  signedIn(path?: string, options?: TabOptions & { token?: string }): Promise<Page>;
  /** After each test: a tab that nobody looks at asks for figures all the same. */
  closeTabs(): Promise<void>;
  close(): Promise<void>;
}

export const openConsole = async ({
  clock = 'real',
  ...options
}: Pick<WorldOptions, 'clock' | 'client'> = {}): Promise<ConsoleStage> => {
  const start = Date.now();
  // Of its own: builds of another state of the sources, made meanwhile, take away what they find.
  const files = mkdtempSync(join(tmpdir(), 'console-'));
  cpSync(builtConsole(), files, { recursive: true });
  const world = await createWorld({ ...options, console: files, clock, start, logLevel: 'error' });
  const { url } = await world.listen({ port: 0 });
  const browser = await launchBrowser();
  const complaints: string[] = [];
  // One window for all: what one tab has loaded and compiled, the next one has. A session is a tab's own.
  const shared = await openWindow(browser);
  const tab: ConsoleStage['tab'] = async ({ alone, ...options } = {}) =>
    openTab(alone ? await openWindow(browser) : shared, complaints, options);
  return {
    ...{ world, url, complaints, tab },
    async signedIn(path = '/', { token = world.adminToken, ...options } = {}) {
      const page = await tab(options);
      await giveSession(page, url, token);
      await page.goto(url + path);
      return page;
    },
    async closeTabs() {
      for (const context of browser.contexts())
        await (context === shared
          ? Promise.all(context.pages().map((page) => page.close()))
          : context.close());
    },
    async close() {
      await browser.close();
      await world.close();
      rmSync(files, { recursive: true, force: true });
    },
  };
};

/** As `session/token.ts` keeps it; that the form does so is a test of its own. */
const giveSession = async (page: Page, url: string, token: string): Promise<void> => {
  await page.goto(`${url}/favicon.svg`);
  await page.evaluate((kept) => sessionStorage.setItem('wayleaf.token', kept), token);
};

/** As whoever comes does. */
export const signIn = async (page: Page, url: string, token: string): Promise<void> => {
  await page.goto(url);
  await page.getByLabel('Token', { exact: true }).fill(token);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
};

const openWindow = async (browser: Browser): Promise<BrowserContext> => {
  const context = await browser.newContext({
    ...{ locale: 'en-GB', timezoneId: 'Europe/Berlin', acceptDownloads: true },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(10_000);
  return context;
};

const openTab = async (
  context: BrowserContext,
  complaints: string[],
  { viewport = { width: 1280, height: 860 }, colorScheme = 'light' }: TabOptions,
): Promise<Page> => {
  const page = await context.newPage();
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme });
  page.on('pageerror', (error) => complaints.push(`${page.url()} ${error.message}`));
  page.on('console', (message) => {
    const isRefusal = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isRefusal) complaints.push(`${page.url()} ${message.text()}`);
  });
  return page;
};
