/**
 * `npm run screenshots` makes the pictures of the console that the documents show, light and dark, from
 * a month of people played on a virtual clock.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { readClientFolder } from '#infra/client-folder';
import { builtConsole } from '#infra/console/built';
import { createWorld, type World } from '#infra/local/world';
import { launchBrowser } from './chromium.ts';
import { settled } from './console/going.ts';
import { play } from './pictures/audience.ts';
import { shots } from './pictures/shots.ts';

const folder = join(import.meta.dirname, '../../functions/console/pictures');
/** Monday morning in Berlin. */
const start = Date.parse('2026-10-19T06:00:00Z');
const most = 150 * 1024;

const openWorld = async (): Promise<World> => {
  const acme = readClientFolder('acme');
  const endless = { atMost: 1_000_000, per: '1 minute' };
  const limits = { address: endless, forms: endless, events: endless, origin: endless, key: endless };
  const client = { ...acme, client: { ...(acme.client as object), limits } };
  return createWorld({ client, clock: 'virtual', start, console: builtConsole(), logLevel: 'error' });
};

const signIn = async (browser: Browser, world: World, url: string, colorScheme: 'light' | 'dark') => {
  const context = await browser.newContext({
    ...{ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1.5, colorScheme },
    ...{ locale: 'en-GB', timezoneId: 'Europe/Berlin', reducedMotion: 'reduce' },
  });
  const page = await context.newPage();
  await page.clock.setFixedTime(world.clock.now());
  await page.goto(url);
  await page.getByLabel('Token', { exact: true }).fill(world.adminToken);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
  return page;
};

const picture = async (page: Page): Promise<Buffer> => {
  const cdp = await page.context().newCDPSession(page);
  const { data } = await cdp.send('Page.captureScreenshot', { format: 'webp', quality: 82 });
  await cdp.detach();
  return Buffer.from(data, 'base64');
};

const world = await openWorld();
const { url } = await world.listen({ port: 0 });
const browser = await launchBrowser();
try {
  await play(world);
  mkdirSync(folder, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await signIn(browser, world, url, colorScheme);
    for (const { name, path, height = 800, prepare } of shots) {
      await page.setViewportSize({ width: 1280, height });
      await page.goto(url + path);
      await settled(page);
      await prepare(page);
      await page.waitForTimeout(600);
      const bytes = await picture(page);
      if (bytes.length > most)
        throw new Error(`${name} has ${bytes.length} bytes; at most ${most} are shown.`);
      writeFileSync(join(folder, `${name}-${colorScheme}.webp`), bytes);
      console.log(`${name}-${colorScheme}.webp ${Math.round(bytes.length / 1024)} KB`);
    }
  }
} finally {
  await browser.close();
  await world.close();
}
