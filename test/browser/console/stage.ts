import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { builtConsole } from '#infra/console/built';
import { createWorld, type World } from '#infra/local/world';
import { launchBrowser } from '../chromium.ts';

/** One browser and one world with a console, for all of its tests. */
export interface ConsoleStage {
  world: World;
  url: string;
  /** What the browser's console said that it should not, of all pages so far. */
  complaints: string[];
  /** A tab in which nobody is signed in. */
  tab(options?: BrowserContextOptions): Promise<Page>;
  /** A tab with a session. @param token the administrator's when left out */
  signedIn(path?: string, options?: BrowserContextOptions & { token?: string }): Promise<Page>;
  close(): Promise<void>;
}

export const openConsole = async ({
  clock = 'real',
}: {
  clock?: 'real' | 'virtual';
} = {}): Promise<ConsoleStage> => {
  const start = Date.now();
  // Of its own: builds of another state of the sources, made meanwhile, take away what they find.
  const files = mkdtempSync(join(tmpdir(), 'console-'));
  cpSync(builtConsole(), files, { recursive: true });
  const world = await createWorld({ console: files, clock, start, logLevel: 'error' });
  const { url } = await world.listen({ port: 0 });
  const browser = await launchBrowser();
  const complaints: string[] = [];
  const tab: ConsoleStage['tab'] = (options) => openTab(browser, complaints, options);
  return {
    ...{ world, url, complaints, tab },
    async signedIn(path = '/', { token = world.adminToken, ...options } = {}) {
      const page = await tab(options);
      await page.goto(url);
      await page.getByLabel('Token', { exact: true }).fill(token);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
      if (path !== '/') await page.goto(url + path);
      return page;
    },
    async close() {
      await browser.close();
      await world.close();
      rmSync(files, { recursive: true, force: true });
    },
  };
};

const openTab = async (browser: Browser, complaints: string[], options: BrowserContextOptions = {}) => {
  const context = await browser.newContext({
    ...{ locale: 'en-GB', timezoneId: 'Europe/Berlin', viewport: { width: 1280, height: 860 } },
    ...options,
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(`${page.url()} ${error.message}`));
  page.on('console', (message) => {
    const isRefusal = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isRefusal) complaints.push(`${page.url()} ${message.text()}`);
  });
  return page;
};
