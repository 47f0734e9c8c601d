import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Form } from '#model/form';
import { type FrontDoor, openFrontDoor } from '#test/builders/front-door';
import { catalogue as keys } from '../keys.ts';
import { createKeyRing, hashAddress } from '../secrets.ts';
import { createCatalogue } from './catalogue.ts';
import { getDocument, listDocuments, putDocument, removeDocument } from './documents.ts';
import { pack, unpack } from './packed.ts';
import { findToken, hashToken, saveToken } from './tokens.ts';

let door: FrontDoor;
beforeEach(async () => {
  door = await openFrontDoor();
});
afterEach(() => door.close());

const form = (name: string) => ({ name, fields: { email: { type: 'email' } } });
const put = (name: string, whenEtag?: string) =>
  putDocument(door.store, 'form', 'demo', form(name), { owner: 'api', whenEtag });

describe('documents', () => {
  test('are read back as they were stored', async () => {
    const stored = await put('Grüße ☃');
    expect(await getDocument(door.store, 'form', 'demo')).toEqual(stored);
    expect((await listDocuments(door.store, 'form')).map(({ id }) => id)).toEqual(['demo']);
  });

  test('change only from the state that was read', async () => {
    const { etag } = (await put('one'))!;
    expect(await put('two', etag)).toBeDefined();
    expect(await put('three', etag)).toBeUndefined();
    expect(await removeDocument(door.store, 'form', 'demo', etag)).toBe(false);
    expect((await getDocument(door.store, 'form', 'demo'))?.document).toEqual(form('two'));
  });

  test('are gone when removed', async () => {
    expect(await removeDocument(door.store, 'form', 'demo')).toBe(true);
    expect(await getDocument(door.store, 'form', 'demo')).toBeUndefined();
  });
});

describe('the cache', () => {
  test('costs one read per invocation while nothing changes', async () => {
    const cache = createCatalogue(door.store);
    await cache.renew();
    await cache.form('demo');
    door.taken();
    for (let i = 0; i < 3; i++) {
      await cache.renew();
      await cache.form('demo');
    }
    expect(door.taken()).toEqual(['GetItem', 'GetItem', 'GetItem']);
  });

  test('sees a change at the next renewal', async () => {
    const cache = createCatalogue(door.store);
    await cache.renew();
    await cache.form('demo');
    await put('changed');
    await cache.renew();
    expect((await cache.form('demo'))?.name).toBe('changed');
  });

  test('a load that began before a change and fails leaves alone what was loaded after it', async () => {
    const cache = createCatalogue(door.store);
    await cache.renew();
    let fail = (_: Error) => {};
    const slow = cache.cached('thing', () => new Promise<string>((_, reject) => (fail = reject)));
    await put('changed');
    await cache.renew();
    await cache.cached('thing', async () => 'new');
    fail(new Error('away'));
    await expect(slow).rejects.toThrow('away');
    expect(await cache.cached('thing', async () => 'loaded again')).toBe('new');
  });

  test('forgets a load that failed', async () => {
    const cache = createCatalogue(door.store);
    await expect(cache.cached('thing', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await cache.cached('thing', async () => 'there')).toBe('there');
  });

  test('what may lag is renewed by age', async () => {
    const cache = createCatalogue(door.store);
    await cache.renewAfter(5000);
    door.taken();
    await cache.renewAfter(5000);
    expect(door.taken()).toEqual([]);
    await door.clock.advanceTo(door.clock.now() + 5001, async () => {});
    await Promise.all([cache.renewAfter(5000), cache.renewAfter(5000)]);
    expect(door.taken()).toEqual(['GetItem']);
  });

  test('knows forms by id and segments whole', async () => {
    const cache = createCatalogue(door.store);
    const segment = { name: 'S', if: { tag: 'x' } };
    await putDocument(door.store, 'segment', 'dormant', segment, { owner: 'folder' });
    expect([...(await cache.segments())]).toEqual([['dormant', segment]]);
    expect(await cache.document<Form>('form', 'nothing')).toBeUndefined();
  });
});

test('what is over one item is stored in parts', async () => {
  const key = keys.draft('large');
  const large = { text: randomBytes(600_000).toString('base64') };
  const item = { ...key, ...(await pack(door.store, key, large)) };
  expect((item as { parts?: number }).parts).toBeGreaterThan(1);
  await door.store.catalogue.put(item);
  expect(await unpack(door.store, key, (await door.store.catalogue.get(key))!)).toEqual(large);
});

describe('keys', () => {
  test('are made once, also when many ask at the same moment', async () => {
    const rings = Array.from({ length: 5 }, () => createKeyRing(door.store.catalogue, door.store.clock));
    const made = await Promise.all(rings.map((ring) => ring()));
    expect(new Set(made.map(({ hashing }) => Buffer.from(hashing).toString('hex'))).size).toBe(1);
    expect(made[0]?.links.byKid[made[0].links.current]).toHaveLength(32);
  });

  test('hash an address by channel, and without them it cannot be guessed', async () => {
    const ours = await door.store.keys();
    const theirs = { ...ours, hashing: new Uint8Array(32) };
    const hash = hashAddress(ours, 'email', 'ada@example.com');
    expect(hash).toBe(hashAddress(ours, 'email', 'ada@example.com'));
    expect(hash).not.toBe(hashAddress(ours, 'sms', 'ada@example.com'));
    expect(hash).not.toBe(hashAddress(theirs, 'email', 'ada@example.com'));
  });
});

test('tokens are known by their hash only', async () => {
  await saveToken(door.store, 'a-secret-token', 'laptop');
  const hash = hashToken('a-secret-token');
  expect(await findToken(door.store, hash)).toMatchObject({ name: 'laptop' });
  expect(JSON.stringify(await door.store.catalogue.get(keys.token(hash)))).not.toContain('a-secret');
});
