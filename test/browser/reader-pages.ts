import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { CDPSession, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { addressOfLink, type LinkPurpose } from '#channels/links';
import type { Stage } from './stage.ts';

const axeSource = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** A browser in which no script runs, and what axe (WCAG 2.2 AA and good practice) says of its page. */
const openReader = async ({ visitor }: Stage) => {
  const page = await visitor();
  const cdp = await page.context().newCDPSession(page);
  await scripts(cdp, false);
  return { page, faults: () => faultsOf(page, cdp) };
};

const scripts = (cdp: CDPSession, run: boolean): Promise<unknown> =>
  cdp.send('Emulation.setScriptExecutionDisabled', { value: !run });

const faultsOf = async (page: Page, cdp: CDPSession): Promise<string[]> => {
  await scripts(cdp, true);
  await cdp.send('Runtime.evaluate', { expression: axeSource });
  const { result } = await cdp.send('Runtime.evaluate', {
    expression: 'axe.run(document).then((found) => JSON.stringify(found))',
    awaitPromise: true,
    returnByValue: true,
  });
  await scripts(cdp, false);
  const { violations, passes } = JSON.parse(String(result.value)) as AxeResults;
  expect(passes.length).toBeGreaterThan(8);
  return violations.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes.map(({ html }) => html).join(' ')}`);
};

/** Somebody who posted a form, and where a link of a mail would lead. */
const writtenTo = async ({ world, door, contactOf }: Stage, email: string, language?: string) => {
  const body = { email, consent: 'yes', firstName: 'Ada', phone: '+4915112345678' };
  const headers = { 'content-type': 'application/json' };
  await world.http({ method: 'POST', path: '/v1/forms/demo-request', headers, body });
  const contact = (await contactOf('email', email)) ?? '';
  const path = `/v1/contacts/${contact}`;
  const admin = { ...headers, authorization: `Bearer ${world.adminToken}` };
  if (language) await world.http({ method: 'PATCH', path, headers: admin, body: { set: { language } } });
  const { links } = await world.store.keys();
  const facts = { sendId: `${contact}-${'0'.repeat(20)}`, channel: 'email', madeAt: 0 };
  return {
    link: (purpose: LinkPurpose, topic?: string): string =>
      addressOfLink(links, door.url, purpose, { ...facts, ...(topic ? { topic } : {}) }),
    consent: async () => {
      const { consent } = (await world.http({ method: 'GET', path, headers: admin })).json<{
        consent: Record<string, { given: boolean }>;
      }>();
      return Object.fromEntries(Object.entries(consent).map(([key, { given }]) => [key, given]));
    },
  };
};

/** As it stands in the mail to the team. */
const taskLink = async ({ world, door }: Stage): Promise<string> => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${world.adminToken}` };
  const task = {
    id: 'call',
    type: 'task',
    team: 'sales',
    title: 'Call',
    outcomes: ['reached'],
    atMost: '4 days',
  };
  const steps = [{ ...task, branches: [{ answer: 'reached', steps: [] }], otherwise: { steps: [] } }];
  const body = { wayleaf: 1, id: 'calls', name: 'Calls', enter: { on: [{ event: 'Call Me' }] }, steps };
  await world.http({ method: 'PUT', path: '/v1/journeys/calls', headers, body });
  await world.http({ method: 'POST', path: '/v1/journeys/calls/publish', headers });
  const event = { userId: 'caller', event: 'Call Me', writeKey: 'wk_acme' };
  await world.http({ method: 'POST', path: '/v1/track', headers, body: event });
  const isThere = async () =>
    (await world.outbox()).find(({ channel, text }) => channel === 'team' && text?.includes('/t/'));
  await expect.poll(isThere).toBeDefined();
  const [path = ''] = /\/t\/\S+/.exec((await isThere())?.text ?? '') ?? [];
  return `${door.url}${path}`;
};

export const readerPages = (stage: () => Stage): void => {
  test('preferences are chosen without a script, in the language of the browser, with nothing for axe to find', async () => {
    const ada = await writtenTo(stage(), 'reader@example.com');
    const { page, faults } = await openReader(stage());
    await page.goto(ada.link('preferences'));
    expect(await page.textContent('h1')).toBe('Ihre Einstellungen');
    expect(await faults()).toEqual([]);
    await page.getByLabel('Offers and rewards').uncheck();
    await page.getByRole('button', { name: 'Speichern' }).click();
    expect(await page.getByRole('status').textContent()).toContain('Das gilt ab sofort');
    expect(await page.getByLabel('Offers and rewards').isChecked()).toBe(false);
    expect(await faults()).toEqual([]);
    expect(await ada.consent()).toMatchObject({ email: true, offers: false });
    await page.getByRole('button', { name: 'Von allem abmelden' }).click();
    expect(await page.getByRole('status').textContent()).toContain('nichts mehr');
    expect(await ada.consent()).toMatchObject({ email: false });
  });

  test('the way out is two steps by keyboard, in the language of the contact, and leads back', async () => {
    const ada = await writtenTo(stage(), 'leaver@example.com', 'fr');
    const { page, faults } = await openReader(stage());
    await page.goto(ada.link('unsubscribe', 'news'));
    expect(await page.textContent('main')).toContain('« Product news »');
    expect(await faults()).toEqual([]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Vous êtes désinscrit' }).waitFor();
    expect(await faults()).toEqual([]);
    expect(await ada.consent()).toMatchObject({ email: true, news: false });
    await page.getByRole('link').click();
    expect(await page.getByLabel('Product news').isChecked()).toBe(false);
  });

  test('a colleague answers a task without a script, with nothing for axe to find', async () => {
    const { page, faults } = await openReader(stage());
    await page.goto(await taskLink(stage()));
    expect(await page.textContent('h1')).toBe('Ist das die Antwort?');
    expect(await faults()).toEqual([]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Beantwortet' }).waitFor();
    expect(await page.textContent('main')).toContain('Die Antwort auf diese Aufgabe lautet: reached.');
    expect(await faults()).toEqual([]);
  });

  test('a broken link says so to people, with nothing for axe to find', async () => {
    const { page, faults } = await openReader(stage());
    await page.goto(`${stage().door.url}/p/broken`);
    expect(await page.textContent('h1')).toBe('Dieser Link funktioniert nicht');
    expect(await faults()).toEqual([]);
  });
};
