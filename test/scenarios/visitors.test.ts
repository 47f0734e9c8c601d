import { afterEach, expect, test } from 'vitest';
import { readClientFolder } from '#infra/client-folder';
import { createWorld, type World } from '#infra/local/world';
import { findContactIds } from '#store/contacts/identities';

let world: World | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

const folder = readClientFolder('acme');
const client = {
  ...folder,
  client: { ...(folder.client as object), retention: { events: '31 days' } },
  journeys: {},
  segments: {},
};
const open = async () => {
  const opened = await createWorld({ client, logLevel: 'error' });
  world = opened;
  const headers = { authorization: `Basic ${btoa('wk_acme:')}` };
  const call = async (path: string, body: object): Promise<void> => {
    const { status, text } = await opened.http({ method: 'POST', path, headers, body } as never);
    expect([status, text]).toEqual([200, '{"success":true}']);
    await opened.drain();
  };
  const contact = async (anonymousId: string) =>
    (await findContactIds(opened.store, [{ kind: 'anonymousId', value: anonymousId }]))[0];
  const traces = async (word: string) => {
    const tables = [opened.settings.mainTable, opened.settings.catalogueTable];
    const scans = tables.map((TableName) => opened.services.dynamodb('Scan', { TableName }));
    return (await Promise.all(scans)).filter((found) => JSON.stringify(found).includes(word)).length;
  };
  return { ...opened, call, contact, traces };
};
const page = (anonymousId: string) => ({ anonymousId, properties: { url: 'https://www.acme.example/' } });

test('a visitor who never says who it is goes when its events do, and nothing of it stays', async () => {
  const { call, contact, traces, advance } = await open();
  await call('/v1/page', page('once'));
  await call('/v1/page', page('again'));
  await call('/v1/page', page('known'));
  await call('/v1/identify', { anonymousId: 'known', userId: 'u-1', traits: { email: 'ada@example.com' } });
  const first = await contact('once');
  await advance('20 days');
  await call('/v1/page', page('again'));
  expect(await traces('once')).toBe(1);
  await advance('13 days');
  expect([await contact('once'), await traces('once')]).toEqual([undefined, 0]);
  expect([await contact('again'), await contact('known')]).not.toContain(undefined);
  await advance('20 days');
  expect([await contact('again'), await traces('again')]).toEqual([undefined, 0]);
  expect(await contact('known')).toBeDefined();
  await call('/v1/page', page('once'));
  expect(await contact('once')).toSatisfy((id) => id !== undefined && id !== first);
  // The marks of the erasures tell no names, and go too.
  await advance('40 days');
  expect(await traces(`S#contact#${first}`)).toBe(0);
});

test('who became known long ago is never taken for a visitor again', async () => {
  const { call, contact, advance, invoke } = await open();
  await call('/v1/page', page('known'));
  await call('/v1/identify', { anonymousId: 'known', userId: 'u-1' });
  await advance('100 days');
  expect(await invoke('sweep', { source: 'schedule' })).toMatchObject({ visitors: 0 });
  expect(await contact('known')).toBeDefined();
});
