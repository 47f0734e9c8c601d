import { Analytics } from '@segment/analytics-node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createWorld, type World } from '#infra/local/world';
import { eventsWithin } from '#store/contacts/events';
import { findContactId } from '#store/contacts/identities';
import { openFlakyDoor } from '#test/builders/flaky-door';

/** Segment's own library, with nothing changed but the host. */
let world: World;
let url: string;
beforeEach(async () => {
  world = await createWorld({ clock: 'real', logLevel: 'error' });
  ({ url } = await world.listen({ port: 0 }));
});
afterEach(() => world.close());

const open = (writeKey: string, host = url, maxRetries = 0) => {
  const errors: unknown[] = [];
  const analytics = new Analytics({ writeKey, host, flushAt: 5, maxRetries });
  analytics.on('error', (error) => errors.push(error));
  return { analytics, errors };
};
const ask = async <T>(path: string): Promise<T> =>
  (
    await fetch(url + path, { headers: { authorization: `Bearer ${world.adminToken}` } })
  ).json() as Promise<T>;

test('every call of the library is taken and changes the contact', async () => {
  const { analytics, errors } = open('wk_acme');
  const userId = 'u-1';
  analytics.identify({ userId, traits: { email: 'Ada@Example.com', plan: 'pro', createdAt: new Date() } });
  analytics.track({
    userId,
    event: 'Order Completed',
    properties: { revenue: 12.5, at: new Date() },
    timestamp: new Date(0),
  });
  analytics.page({
    userId,
    name: 'Home',
    category: 'Site',
    properties: { url: 'https://www.acme.example/' },
  });
  analytics.screen({ userId, name: 'Main' });
  analytics.group({ userId, groupId: 'g-1', traits: { name: 'Acme' } });
  analytics.alias({ userId, previousId: 'visitor-1' });
  await analytics.closeAndFlush();
  await world.drain();
  expect(errors).toEqual([]);
  const contact = await ask<{ id: string; fields: object }>('/v1/contacts?email=ada@example.com');
  expect(contact.fields).toMatchObject({ email: 'ada@example.com', plan: 'pro', groupId: 'g-1' });
  const { entries } = await ask<{ entries: { text: string }[] }>(`/v1/contacts/${contact.id}/timeline`);
  expect(entries.map(({ text }) => text).sort()).toEqual([
    'Alias Added',
    'Group Joined',
    'Identified',
    'Order Completed',
    'Page Viewed "Home"',
    'Screen Viewed "Main"',
  ]);
});

test('a wrong write key is an error the library tells', async () => {
  const { analytics, errors } = open('wk_wrong');
  analytics.track({ userId: 'u-1', event: 'E' });
  await analytics.closeAndFlush();
  expect(errors).toHaveLength(1);
});

test('batches come whole through a line that fails, and every event counts once', async () => {
  const door = await openFlakyDoor(url);
  door.faults.push('down', 'lost', 'busy');
  const { analytics, errors } = open('wk_acme', door.url, 5);
  for (let n = 0; n < 12; n++) analytics.track({ userId: 'u-1', event: `Step ${n}` });
  await analytics.closeAndFlush({ timeout: 20_000 });
  await door.close();
  expect([errors, door.seen.filter((met) => met !== 200).sort()]).toEqual([[], ['busy', 'down', 'lost']]);
  const contact = (await findContactId(world.store, { kind: 'userId', value: 'u-1' }))!;
  const names = (await eventsWithin(world.store, contact)).map(({ name }) => name);
  expect(names.sort()).toEqual(Array.from({ length: 12 }, (_, n) => `Step ${n}`).sort());
});
