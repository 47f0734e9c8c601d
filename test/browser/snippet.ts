import type { BrowserContext, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { getContact } from '#store/contacts/contacts';
import type { Stage } from './stage.ts';

const within = { timeout: 10_000, interval: 50 };

const tagFor = (url: string, more = ''): string =>
  `<script>window.wayleaf = window.wayleaf || [];</script><script async src="${url}/v1/wayleaf.js" data-key="wk_acme" ${more}></script>`;

export const webSnippet = (at: () => Stage): void => {
  const write = (path: string, body: string, more?: string): string => {
    const { site, door } = at();
    site.pages[path] = `<!doctype html><title>${path.slice(1)}</title>${tagFor(door.url, more)}${body}`;
    return site.url + path;
  };
  const ready = (page: Page) => page.waitForFunction(() => window.wayleaf && !Array.isArray(window.wayleaf));
  /** The id on the device; nothing makes one here. */
  const idOn = (page: Page) => page.evaluate(() => localStorage.getItem('wayleaf.id') ?? '');
  const eventsOf = async (id: string) => at().eventsOf(await at().contactOf('anonymousId', id));
  const namesOf = async (id: string) => (await eventsOf(id)).map(({ name }) => name);
  const call = (page: Page, ...given: unknown[]) =>
    page.evaluate((values) => window.wayleaf?.push(values as never), given);

  test('page, track and identify make one contact, also what was called before it was loaded', async () => {
    const page = await at().visitor();
    const early = `<script>wayleaf.push(['track', 'Video Played', { seconds: 7 }])</script>`;
    await page.goto(`${write('/start', early)}?utm_source=news&utm_campaign=spring#part`);
    await ready(page);
    await call(page, 'identify', 'web-1', { plan: 'pro' });
    await expect.poll(async () => namesOf(await idOn(page)), within).toHaveLength(3);
    const events = await eventsOf(await idOn(page));
    expect(events.map(({ name }) => name)).toEqual(['Page Viewed', 'Video Played', 'Identified']);
    expect(events[0]?.properties).toMatchObject({
      title: 'start',
      path: '/start',
      url: `${at().site.url}/start?utm_source=news&utm_campaign=spring`,
    });
    expect(events[1]?.properties).toEqual({ seconds: 7 });
    expect(events[2]?.traits).toEqual({ plan: 'pro', timezone: 'Europe/Berlin', language: 'de-DE' });
    expect(await at().contactOf('userId', 'web-1')).toBe(
      await at().contactOf('anonymousId', await idOn(page)),
    );
  });

  test('a site that changes its address without loading a page is seen page by page', async () => {
    const page = await at().visitor();
    await page.goto(write('/app', ''));
    await ready(page);
    await page.evaluate(() => {
      history.pushState({}, '', '/app/settings');
      history.pushState({}, '', '/app/settings#keys');
    });
    await page.goBack();
    await page.goBack();
    await expect.poll(async () => namesOf(await idOn(page)), within).toHaveLength(3);
    const events = await eventsOf(await idOn(page));
    events.sort((a, b) => a.happenedAt.localeCompare(b.happenedAt));
    expect(events.map(({ properties }) => properties.path)).toEqual(['/app', '/app/settings', '/app']);
    expect(events[1]?.properties.referrer).toBe(`${at().site.url}/app`);
  });

  test('a browser that takes push messages is a device of whoever is at it, once they agreed', async () => {
    const page = await at().visitor();
    await page.goto(write('/push', '', 'data-consent="required"'));
    await ready(page);
    await call(page, 'device', 'android', 'token-before-the-answer');
    await call(page, 'consent', true);
    await call(page, 'device', 'android', 'token-of-this-browser');
    const device = async () => {
      const id = await at().contactOf('anonymousId', await idOn(page));
      return id === undefined ? undefined : (await getContact(at().world.store, id))?.fields.pushEndpoint;
    };
    await expect.poll(device, within).toMatch(/:endpoint\/GCM\/acme-android\//);
    const EndpointArn = await device();
    expect(await at().world.services.sns('GetEndpointAttributes', { EndpointArn })).toMatchObject({
      Attributes: { Token: 'token-of-this-browser' },
    });
    expect(await namesOf(await idOn(page))).toContain('Device Registered');
  });

  test('what is tracked while the page is left arrives', async () => {
    const page = await at().visitor();
    await page.goto(write('/leave', '<a href="/away" onclick="wayleaf.track(\'Link Clicked\')">away</a>'));
    await ready(page);
    await page.click('a');
    await page.waitForURL('**/away');
    await expect.poll(async () => namesOf(await idOn(page)), within).toContain('Link Clicked');
  });

  test('a line that fails loses nothing, and nothing counts twice', async () => {
    const { faults, seen } = at().door;
    seen.length = 0;
    const page = await at().visitor();
    await page.goto(write('/flaky', ''));
    faults.push('lost', 'busy');
    await ready(page);
    await call(page, 'track', 'Order Completed');
    // A visitor before may have left with a beacon, or this page told of itself, before the line failed.
    await expect.poll(() => seen.slice(seen.indexOf('lost')), within).toEqual(['lost', 'busy', 200]);
    expect((await namesOf(await idOn(page))).sort()).toEqual(['Order Completed', 'Page Viewed']);
  });

  test('what could not be sent waits on the device for the next page', async () => {
    const page = await at().visitor();
    await page.goto(write('/offline', '', 'data-page="manual"'));
    await ready(page);
    await page.context().setOffline(true);
    await call(page, 'track', 'Form Started');
    const id = await idOn(page);
    const onDevice = () => page.evaluate(() => JSON.stringify(Object.values(localStorage)));
    await expect.poll(onDevice, within).toContain('Form Started');
    expect(await namesOf(id)).toEqual([]);
    // A page that closes is no longer offline: Chromium may let its last beacon through.
    await page.close();
    await page.context().setOffline(false);
    const next = await page.context().newPage();
    await next.goto(`${at().site.url}/offline`);
    await expect.poll(() => namesOf(id), within).toEqual(['Form Started']);
  });

  const withGpc = async (context: BrowserContext): Promise<void> => {
    await context.addInitScript(() =>
      Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true }),
    );
  };
  const gpc = { name: 'by Global Privacy Control', tag: '', signal: true };
  const asked = { name: 'by data-consent="required"', tag: 'data-consent="required"', signal: false };
  test.each([gpc, asked])(
    '$name: before the visitor agrees, nothing is kept and nothing leaves',
    async (way) => {
      const page = await at().visitor(way.signal ? withGpc : undefined);
      const posts: string[] = [];
      page.on('request', (request) => request.method() === 'POST' && posts.push(request.url()));
      await page.goto(write('/private', '', way.tag));
      await ready(page);
      await call(page, 'track', 'Price Seen');
      await page.waitForTimeout(600);
      expect([await page.evaluate(() => ({ ...localStorage })), posts]).toEqual([{}, []]);

      await call(page, 'consent', true);
      const id = await idOn(page);
      await expect.poll(() => namesOf(id), within).toEqual(['Page Viewed', 'Price Seen']);

      await call(page, 'consent', false);
      await call(page, 'track', 'Never Told');
      await page.waitForTimeout(500);
      expect(await page.evaluate(() => ({ ...localStorage }))).toEqual({ 'wayleaf.consent': 'denied' });
      expect(await namesOf(id)).toHaveLength(2);
    },
  );

  test('who denies is forgotten, and what waited for the answer with it', async () => {
    const page = await at().visitor();
    await page.goto(write('/denied', '', 'data-consent="required"'));
    await ready(page);
    await call(page, 'track', 'Price Seen');
    await call(page, 'consent', false);
    await call(page, 'consent', true);
    await call(page, 'track', 'Asked Again');
    await expect.poll(async () => namesOf(await idOn(page)), within).toEqual(['Asked Again']);
  });

  test('the key may stand in the address of the script', async () => {
    const { site, door } = at();
    const page = await at().visitor();
    site.pages['/address'] = `<script src="${door.url}/v1/wayleaf.js?writeKey=wk_acme"></script>`;
    await page.goto(`${site.url}/address`);
    await expect.poll(async () => namesOf(await idOn(page)), within).toEqual(['Page Viewed']);
  });

  test('the next person at the same browser is another visitor', async () => {
    const page = await at().visitor();
    await page.goto(write('/shared', '', 'data-page="manual"'));
    await ready(page);
    await call(page, 'identify', 'web-2');
    await call(page, 'identify', 'web-3');
    await expect.poll(() => at().contactOf('userId', 'web-3'), within).toBeDefined();
    expect(await at().contactOf('userId', 'web-2')).not.toBe(await at().contactOf('userId', 'web-3'));
  });

  const fields = '<input name="email"><input name="action" value="x"><button>Send</button>';

  test('a form of ours says when it was shown, who posts it and what led to it', async () => {
    const page = await at().visitor();
    await page.goto(`${write('/landing', '')}?utm_source=ads&utm_campaign=spring`);
    await ready(page);
    const form = `<form method="post" action="${at().door.url}/v1/forms/patient">${fields}</form>`;
    await page.goto(write('/demo', form));
    await ready(page);
    const id = await idOn(page);
    await page.waitForTimeout(1_100);
    await page.fill('[name=email]', 'lead@example.com');
    await page.click('button');
    await page.waitForURL('**/v1/forms/patient');
    const contact = await at().contactOf('email', 'lead@example.com');
    const post = (await at().eventsOf(contact)).find(({ type }) => type === 'form');
    expect(post?.properties).toMatchObject({
      utm_source: 'ads',
      utm_campaign: 'spring',
      page: `${at().site.url}/demo`,
    });
    await expect.poll(() => at().contactOf('anonymousId', id), within).toBe(contact);
  });

  test('a form that posts elsewhere posts a copy here, without what is secret', async () => {
    const page = await at().visitor();
    const more = '<input type="password" name="firstName" value="secret"><input name="company" value="Acme">';
    await page.goto(
      write(
        '/signup',
        `<form method="post" action="/own" data-wayleaf="demo-request">${more}${fields}</form>`,
      ),
    );
    await ready(page);
    await page.fill('[name=email]', 'copy@example.com');
    await page.click('button');
    await page.waitForURL('**/own');
    // The page that was seen may join it, before or after.
    const posts = async () =>
      (await at().eventsOf(await at().contactOf('email', 'copy@example.com'))).filter(
        ({ name }) => name === 'demo-request',
      );
    await expect.poll(posts, within).toHaveLength(1);
    const [post] = await posts();
    expect(post?.traits).toMatchObject({ company: 'Acme' });
    expect(post?.traits).not.toHaveProperty('firstName');
    expect(at().site.posts).toEqual(['firstName=secret&company=Acme&email=copy%40example.com&action=x']);
  });

  test.each([
    { who: 'who sends Global Privacy Control', answer: undefined, copied: false },
    { who: 'who sends it and denied', answer: false, copied: false },
    { who: 'who sends it and agreed', answer: true, copied: true },
  ])('of a visitor $who, a form that posts elsewhere is copied: $copied', async ({ answer, copied }) => {
    const page = await at().visitor(withGpc);
    const copies: string[] = [];
    page.on('request', (request) => request.url().includes('/v1/forms/') && copies.push(request.url()));
    const form = `<form method="post" action="/own" data-wayleaf="demo-request">${fields}</form>`;
    await page.goto(write('/guarded', form));
    await ready(page);
    if (answer !== undefined) await call(page, 'consent', answer);
    const email = `gpc-${answer}@example.com`;
    await page.fill('[name=email]', email);
    await page.click('button');
    await page.waitForURL('**/own');
    if (copied) await expect.poll(() => at().contactOf('email', email), within).toBeDefined();
    else await page.waitForTimeout(500);
    expect([copies.length > 0, (await at().contactOf('email', email)) !== undefined]).toEqual([
      copied,
      copied,
    ]);
  });

  test('a form tells nothing of a visitor who has not agreed', async () => {
    const page = await at().visitor();
    const form = `<form method="post" action="${at().door.url}/v1/forms/patient">${fields}</form>`;
    await page.goto(`${write('/shy', form, 'data-consent="required"')}?utm_source=ads`);
    await ready(page);
    const names = () => page.evaluate(() => [...new FormData(document.forms[0]).keys()]);
    expect(await names()).toEqual(['email', 'action', '_shownAt']);
    await call(page, 'consent', true);
    expect(await names()).toEqual(['email', 'action', '_shownAt', '_anonymousId', '_page', 'utm_source']);
  });

  test('an event that is too long holds up nothing', async () => {
    const page = await at().visitor();
    await page.goto(write('/long', '', 'data-page="manual"'));
    await ready(page);
    await call(page, 'track', 'Too Long', { text: 'x'.repeat(600_000) });
    await call(page, 'track', 'Short');
    await expect.poll(async () => namesOf(await idOn(page)), within).toEqual(['Short']);
  });

  test('a refused event is told to whoever builds the site', async () => {
    const page = await at().visitor();
    const told: string[] = [];
    page.on('console', (line) => told.push(line.text()));
    await page.goto(write('/wrong', '', 'data-page="manual"'));
    await ready(page);
    await call(page, 'track', '$set');
    await expect.poll(() => told.join(), within).toContain('reserved-name');
    expect(await page.evaluate(() => localStorage.getItem('wayleaf.queue'))).toBeNull();
  });
};
