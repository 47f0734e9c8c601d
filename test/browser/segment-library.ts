import type { AnalyticsBrowser } from '@segment/analytics-next';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { segmentScript } from './segment-site.ts';
import type { Stage } from './stage.ts';

declare global {
  interface Window {
    AnalyticsBrowser: typeof AnalyticsBrowser;
    analytics: AnalyticsBrowser;
  }
}

const writeKey = 'wk_acme';
const within = { timeout: 10_000, interval: 50 };

export const segmentLibrary = (at: () => Stage): void => {
  beforeAll(() => {
    at().site.pages['/segment.js'] = segmentScript();
    at().site.pages['/shop'] = '<!doctype html><title>Shop</title><script src="/segment.js"></script>';
  });

  const open = async (options: object = {}): Promise<Page> => {
    const { site, door, visitor } = at();
    const page = await visitor();
    await page.goto(`${site.url}/shop`);
    await page.evaluate(
      ([cdnURL, key, given]) => {
        window.analytics = window.AnalyticsBrowser.load({ writeKey: key, cdnURL }, given);
      },
      [door.url, writeKey, options] as const,
    );
    return page;
  };
  const eventsOf = async (user: string) => at().eventsOf(await at().contactOf('userId', user));
  const namesOf = async (user: string) => (await eventsOf(user)).map(({ name }) => name).sort();

  test('every call arrives, with what the browser knows', async () => {
    const page = await open();
    at().door.faults.push('down', 'lost');
    await page.evaluate(async () => {
      const { analytics } = window;
      await analytics.page('Home');
      await analytics.alias('segment-1');
      await analytics.identify('segment-1', { email: 'Segment@Example.com', plan: 'pro' });
      await analytics.track('Order Completed', { revenue: 12.5 });
      await analytics.screen('Main');
      await analytics.group('g-1', { name: 'Acme' });
    });
    const all = [
      'Alias Added',
      'Group Joined',
      'Identified',
      'Order Completed',
      'Page Viewed',
      'Screen Viewed',
    ];
    await expect.poll(() => namesOf('segment-1'), within).toEqual(all);
    const events = await eventsOf('segment-1');
    expect(events.find(({ name }) => name === 'Order Completed')?.properties).toEqual({ revenue: 12.5 });
    expect(events.find(({ name }) => name === 'Identified')?.traits).toMatchObject({
      plan: 'pro',
      timezone: 'Europe/Berlin',
      language: 'de-DE',
    });
    expect(await at().contactOf('email', 'segment@example.com')).toBe(
      await at().contactOf('userId', 'segment-1'),
    );
  });

  test('batches come whole through a line that fails, and count once', async () => {
    const deliveryStrategy = { strategy: 'batching', config: { size: 4, timeout: 100 } };
    const page = await open({ integrations: { 'Segment.io': { deliveryStrategy } } });
    const { faults, seen } = at().door;
    seen.length = 0;
    faults.push('down', 'busy', 'lost');
    await page.evaluate(async () => {
      const { analytics } = window;
      await analytics.identify('segment-2');
      for (let n = 0; n < 7; n++) await analytics.track(`Step ${n}`);
    });
    await expect.poll(() => seen.slice(0, 4), within).toEqual(['down', 'busy', 'lost', 200]);
    await expect.poll(() => namesOf('segment-2'), within).toHaveLength(8);
  });
};
