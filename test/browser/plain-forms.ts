import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Stage } from './stage.ts';

const thanks = 'https://www.acme.example/demo/thanks';

/** A website that knows nothing of us but the address of a form, and a visitor without JavaScript. */
const showForm = async ({ site, door, visitor }: Stage, form: string, fields: string): Promise<Page> => {
  site.pages['/plain'] =
    `<!doctype html><form method="post" action="${door.url}/v1/forms/${form}">${fields}<button>Go</button></form>`;
  const page = await visitor(undefined, { javaScriptEnabled: false });
  await page.goto(`${site.url}/plain?utm_source=mail`);
  return page;
};

const email = '<input name="email">';
const box = '<input type="checkbox" name="consent" value="yes" checked>';

const admin = async ({ world }: Stage, path: string, body: object): Promise<void> => {
  const headers = { authorization: `Bearer ${world.adminToken}` };
  const { status } = await world.http({ method: 'PUT', path, headers, body });
  if (status >= 300) throw new Error(`${path} ${status}`);
};

const eventually = <T>(work: () => Promise<T | undefined>): Promise<T> =>
  expect.poll(work, { timeout: 8_000, interval: 50 }).toBeTruthy().then(work) as Promise<T>;

export const plainForms = (stage: () => Stage): void => {
  test('a mistake is mended on our page, and the post leads to the thank-you page', async () => {
    const page = await showForm(stage(), 'demo-request', `${email}${box}<input name="companySize">`);
    await page.fill('[name=email]', 'plain@');
    await page.fill('[name=companySize]', '<b>many</b>');
    await page.click('button');
    expect(await page.textContent('[id=e-email]')).toMatch(/must be an e-mail address/);
    expect(await page.inputValue('[name=companySize]')).toBe('<b>many</b>');
    await page.fill('[name=email]', 'plain@example.com');
    await page.fill('[name=companySize]', '50');
    await Promise.all([page.waitForRequest(thanks), page.click('button')]);
    const contact = await stage().contactOf('email', 'plain@example.com');
    const posts = (await stage().eventsOf(contact)).filter(({ type }) => type === 'form');
    expect(posts).toMatchObject([
      { name: 'demo-request', properties: { companySize: 50 }, consent: [{ given: true }] },
    ]);
  });

  test('a beacon of JSON passes the preflight of its own rules', async () => {
    const { site, door, visitor, contactOf } = stage();
    const page = await visitor();
    await page.goto(site.url);
    const isSent = await page.evaluate((url) => {
      const body = new Blob(['{"email":"beacon@example.com"}'], { type: 'application/json' });
      return navigator.sendBeacon(url, body);
    }, `${door.url}/v1/forms/demo-request`);
    expect(isSent).toBe(true);
    expect(await eventually(() => contactOf('email', 'beacon@example.com'))).toBeDefined();
  });

  test('double opt-in: the link shows a page, its button confirms and leads on', async () => {
    const { world, contactOf, eventsOf } = stage();
    const consent = { field: 'consent', value: 'yes', channel: 'email', text: 'Write to me.' };
    await admin(stage(), '/v1/forms/news', {
      name: 'News',
      fields: { email: { type: 'email', required: true } },
      consent,
      doubleOptIn: { thanks: 'https://www.acme.example/confirmed' },
    });
    const page = await showForm(stage(), 'news', email + box);
    await page.fill('[name=email]', 'double@example.com');
    await page.click('button');
    const mail = await eventually(async () =>
      (await world.outbox()).find(({ to }) => to.includes('double@example.com')),
    );
    const link = /https?:\/\/\S+\/confirm\/\S+/.exec(mail.text ?? '')?.[0] ?? '';
    await page.goto(link);
    expect(await page.textContent('blockquote')).toBe('Write to me.');
    await Promise.all([page.waitForRequest('https://www.acme.example/confirmed'), page.click('button')]);
    const events = await eventsOf(await contactOf('email', 'double@example.com'));
    expect(events.map(({ name, properties }) => [name, properties.confirmed])).toEqual([
      ['news', undefined],
      ['news', true],
    ]);
  });
};
