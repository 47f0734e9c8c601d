import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { World } from '#infra/local/world';
import { parkCall } from '#store/parked';
import { call, identify } from './people-given.ts';
import type { ConsoleStage } from './stage.ts';
import { planted } from './xss.ts';

const short = (text: string, most: number): string => text.slice(0, most);
/** What would be refused anyway as no text of a template. */
const noLiquid = planted.filter((text) => !/\{[{%]/.test(text));
const publicKey = { authorization: `Basic ${btoa('wk_acme:')}` };

/** One contact that has all of them in its fields, tags and history, and one of each name. */
const plantPeople = async (world: World): Promise<string> => {
  await identify(world, 'mallory', { email: 'mallory@example.com' });
  for (const [i] of planted.entries()) await identify(world, `mal-${i}`, { email: `mal-${i}@example.com` });
  await world.drain();
  for (const [i, text] of planted.entries()) {
    const { json } = await call(world, 'GET', `/v1/contacts?userId=mal-${i}`);
    const patch = { set: { firstName: text, lastName: text }, addTags: [short(text, 100)] };
    expect((await call(world, 'PATCH', `/v1/contacts/${json.id}`, patch)).status).toBe(200);
    const body = { userId: 'mallory', event: short(text, 100), properties: { name: text } };
    await world.http({ method: 'POST', path: '/v1/track', headers: publicKey, body });
  }
  const { json } = await call(world, 'GET', '/v1/contacts?userId=mallory');
  const set = Object.fromEntries(planted.map((text, i) => [`f${i}`, text]));
  const addTags = planted.map((text) => short(text, 100));
  expect((await call(world, 'PATCH', `/v1/contacts/${json.id}`, { set, addTags })).status).toBe(200);
  return String(json.id);
};

const plantDocuments = async (world: World): Promise<void> => {
  for (const [i, text] of noLiquid.entries()) {
    const mail = { channel: 'email', name: short(text, 200), subject: text, html: `<p>seen ${i}</p>${text}` };
    expect([201, 422]).toContain((await call(world, 'PUT', `/v1/templates/mal-${i}`, mail)).status);
    const field = { type: 'choice', options: [short(text, 100)], label: short(text, 200) };
    const consent = { field: 'consent', value: short(text, 200), channel: 'email', text };
    const form = { name: short(text, 200), fields: { email: { type: 'email' }, of: field }, consent };
    expect([201, 422]).toContain((await call(world, 'PUT', `/v1/forms/mal-${i}`, form)).status);
    await call(world, 'POST', '/v1/tokens', { name: short(text, 100), role: 'viewer' });
  }
  const all = noLiquid.map((text) => `<div>${text}</div>`).join('');
  await call(world, 'PUT', '/v1/templates/mal-all', { channel: 'email', subject: 'x', html: all });
  for (const i of [0, 12, 24, 36])
    await call(world, 'PUT', `/v1/segments/mal-${i}`, { name: planted[i], if: { tag: planted[i] } });
};

const plantWork = async (world: World): Promise<void> => {
  const outcomes = noLiquid.slice(0, 10).map((text) => short(text, 60));
  const step = {
    ...{ id: 'call', type: 'task', team: 'sales', title: noLiquid[0], script: noLiquid.join('\n') },
    ...{
      outcomes,
      atMost: '4 days',
      branches: [{ answer: outcomes[0], steps: [] }],
      otherwise: { steps: [] },
    },
  };
  const enter = { on: [{ event: 'Planted Task' }] };
  const journey = { wayleaf: 1, id: 'mal-task', name: noLiquid[1], enter, steps: [step] };
  const put = await call(world, 'PUT', '/v1/journeys/mal-task', journey);
  expect([put.status, put.json.issues]).toEqual([200, []]);
  await call(world, 'POST', '/v1/journeys/mal-task/publish');
  const body = { userId: 'mallory', event: 'Planted Task' };
  await world.http({ method: 'POST', path: '/v1/track', headers: publicKey, body });
  for (const [i, reason] of planted.entries())
    await parkCall(world.store, {
      ...{ id: `mal-${i}`, at: new Date().toISOString(), function: reason, reason },
      payload: JSON.stringify(planted),
    });
  await world.drain();
};

/** Neither here nor in a frame; shown at all. */
const requireShown = async (page: Page, texts: readonly string[]): Promise<void> => {
  const shown = await page.evaluate(
    () =>
      document.body.innerText +
      [...document.querySelectorAll<HTMLInputElement>('input, textarea')]
        .map(({ value }) => value)
        .join('\n'),
  );
  const plain = (text: string): string => text.replaceAll(/[\s\p{Cc}]/gu, '');
  expect(texts.filter((text) => !plain(shown).includes(plain(text)))).toEqual([]);
};

const ranIn = (page: Page): Promise<boolean[]> =>
  Promise.all(page.frames().map((frame) => frame.evaluate(() => 'planted' in window)));

export const plantedPeople = (at: () => ConsoleStage): void => {
  test('nothing that others wrote runs, whichever field of a person, document or task it stands in', async () => {
    const { world, url, complaints } = at();
    const id = await plantPeople(world);
    await plantDocuments(world);
    await plantWork(world);
    const page = await at().signedIn('/');
    const ran: string[] = [];
    page.on('dialog', async (dialog) => {
      ran.push(`${page.url()} ${dialog.message()}`);
      await dialog.dismiss();
    });
    const names = noLiquid.map((text) => short(text, 100));
    for (const [path, ready, texts] of [
      ['/contacts', 'table', planted.slice(0, 40)],
      [`/contacts/${id}`, '.timeline-entry', names],
      [`/contacts/${id}/data`, '.field-row', planted],
      ['/tasks', '.task', noLiquid.slice(0, 10)],
      ['/quarantine', 'table', planted],
      ['/templates', 'table', []],
      ['/segments', 'table', [planted[0]!, planted[12]!]],
      ['/segments/mal-0', '.table-box, .empty', []],
      ['/forms', 'table', names],
      ['/forms/mal-0', '.trial', [noLiquid[0]!]],
      ['/forms/mal-7', '.trial', [noLiquid[7]!]],
      ['/settings/tokens', 'table', names.slice(0, 20)],
      ['/audit', 'table', []],
    ] as const) {
      await page.goto(url + path);
      await page.locator(ready).first().waitFor();
      await requireShown(page, texts);
      expect([path, await ranIn(page)]).toEqual([path, [false]]);
    }
    expect(ran).toEqual([]);
    complaints.splice(0);
  }, 120_000);

  test('nothing runs in the frame of a message, whatever its HTML is', async () => {
    const { url, complaints } = at();
    const page = await at().signedIn('/');
    const ran: string[] = [];
    page.on('dialog', async (dialog) => {
      ran.push(dialog.message());
      await dialog.dismiss();
    });
    await page.goto(`${url}/templates/self-serve`);
    await page.frameLocator('iframe[title="The mail"]').locator('table').first().waitFor();
    // A frame just as the page made it for each of them, filled as `SafeFrame` fills it.
    const within = await page.evaluate(async (all) => {
      const made = document.querySelector('iframe')!;
      const found: string[] = [];
      for (const html of all) {
        const frame = made.cloneNode() as HTMLIFrameElement;
        const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
        document.body.append(frame);
        await loaded;
        const shown = frame.contentDocument!;
        shown.documentElement.innerHTML = html;
        const click = new MouseEvent('click', { bubbles: true, cancelable: true });
        for (const one of shown.querySelectorAll('a, button')) one.dispatchEvent(click);
        await new Promise((resolve) => setTimeout(resolve, 30));
        if (shown.defaultView && 'planted' in shown.defaultView) found.push(html);
        frame.remove();
      }
      return found;
    }, planted);
    expect(within).toEqual([]);
    await page.waitForTimeout(200);
    expect(ran).toEqual([]);
    expect(await ranIn(page)).not.toContain(true);
    expect(page.url()).toBe(`${url}/templates/self-serve`);
    complaints.splice(0);
  }, 60_000);
};
