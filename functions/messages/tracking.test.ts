import { afterEach, describe, expect, it } from 'vitest';
import { main } from '#store/keys';
import { readSend } from '#store/sends/sends';
import { createReaderWorld, type ReaderWorld } from '#test/builders/reader-world';
import { createHandler as createClick } from './track-click/handler.ts';
import { record as clickRecord } from './track-click/record.ts';
import { createHandler as createOpen } from './track-open/handler.ts';
import { record as openRecord } from './track-open/record.ts';

const open = { record: openRecord, createHandler: createOpen };
const click = { record: clickRecord, createHandler: createClick };
const destination = 'https://www.acme.example/demo/book?a=1&b=2#c';
const sendNow = () => readSend(world.store, world.contactId, world.sendId);

/** Another destination, or none that anybody sealed. */
const flipped = (link: string): string => {
  const at = link.length - 10;
  return link.slice(0, at) + (link[at] === 'A' ? 'B' : 'A') + link.slice(at + 1);
};

let world: ReaderWorld;
afterEach(() => world.close());

describe('an open', () => {
  it('answers one transparent point and is an event and a fact of the send', async () => {
    world = await createReaderWorld();
    const answer = await world.ask(open, world.links.open);
    expect(answer).toMatchObject({ statusCode: 200, isBase64Encoded: true });
    expect(answer.headers['content-type']).toBe('image/gif');
    expect(
      Buffer.from(answer.body ?? '', 'base64')
        .subarray(0, 6)
        .toString(),
    ).toBe('GIF89a');
    expect((await world.events())[0]).toMatchObject({
      type: 'message',
      message: { was: 'opened', step: 'hello' },
    });
    expect((await sendNow())?.openedAt).toBe('2026-03-01T09:00:00.000Z');
  });

  it('is one event however often the mail is opened', async () => {
    world = await createReaderWorld();
    for (let i = 0; i < 5; i++) await world.ask(open, world.links.open);
    expect(await world.events()).toHaveLength(1);
  });

  it('answers the point for a wrong token, for an erased contact and with the store away', async () => {
    world = await createReaderWorld();
    expect((await world.ask(open, 'https://t.acme.example/o/none')).statusCode).toBe(200);
    await world.store.main.remove(main.send(world.contactId, world.sendId));
    expect((await world.ask(open, world.links.open)).statusCode).toBe(200);
    expect(await world.events()).toEqual([]);
    world.breakStore();
    expect((await world.ask(open, world.links.open)).statusCode).toBe(200);
  });
});

describe('a click', () => {
  it('leads to the destination that is in the token and is an event with that link', async () => {
    world = await createReaderWorld();
    const answer = await world.ask(click, world.links.click(destination));
    expect(answer).toMatchObject({ statusCode: 302, headers: { location: destination } });
    await world.pass(7);
    expect((await world.events())[0]).toMatchObject({ message: { was: 'clicked', link: destination } });
    expect((await sendNow())?.clickedAt).toBe('2026-03-01T09:00:00.000Z');
  });

  it('leads on with the marks of the mail, and the event has the address that the journey knows', async () => {
    world = await createReaderWorld();
    const answer = await world.ask(click, world.links.click(destination, 'utm_source=acme'));
    expect(answer.headers.location).toBe('https://www.acme.example/demo/book?a=1&b=2&utm_source=acme#c');
    await world.pass(7);
    expect((await world.events())[0]).toMatchObject({ message: { link: destination } });
  });

  it('counts each link once', async () => {
    world = await createReaderWorld();
    for (const url of [destination, 'https://www.acme.example/'])
      for (let i = 0; i < 2; i++) {
        await world.ask(click, world.links.click(url));
        await world.pass(7);
      }
    expect(await world.events()).toHaveLength(2);
  });

  it.each(['', 'python-requests/2.32.3', 'curl/8.7.1', 'okhttp/4.12.0'])(
    'by %j, which is no browser, is one of a program',
    async (agent) => {
      world = await createReaderWorld();
      const headers = { 'user-agent': agent };
      expect((await world.ask(click, world.links.click(destination), { headers })).statusCode).toBe(302);
      expect((await world.events())[0]?.message?.machine).toBe(true);
      expect((await sendNow())?.clickedAt).toBeUndefined();
    },
  );

  it('of a program is kept, marked, and is no fact of the send', async () => {
    world = await createReaderWorld();
    const headers = { 'user-agent': 'BarracudaCentral' };
    expect((await world.ask(click, world.links.click(destination), { headers })).statusCode).toBe(302);
    expect((await world.events())[0]).toMatchObject({
      message: { was: 'clicked', machine: true, rule: 'scans-mail' },
    });
    expect((await sendNow())?.clickedAt).toBeUndefined();
    await world.ask(click, world.links.click(destination));
    await world.pass(7);
    expect((await sendNow())?.clickedAt).toBeDefined();
  });

  it('of every link within seconds is one of a program, the first one too', async () => {
    world = await createReaderWorld();
    const links = ['a', 'b', 'c'].map((page) => `https://www.acme.example/${page}`);
    await Promise.all(links.map((link) => world.ask(click, world.links.click(link))));
    await world.pass(7);
    const rules = (await world.events()).map(({ message }) => message?.rule);
    expect(rules).toEqual(Array(3).fill('every-link-at-once'));
  });

  it('is answered to HEAD as to GET, and is one of a program', async () => {
    world = await createReaderWorld();
    for (const [entry, link] of [
      [click, world.links.click(destination)],
      [open, world.links.open],
    ] as const) {
      const [head, get] = [await world.ask(entry, link, { method: 'HEAD' }), await world.ask(entry, link)];
      expect(head).toMatchObject({ statusCode: get.statusCode, headers: get.headers });
      expect(head.body ?? '').toBe('');
    }
    await world.pass(7);
    const told = (await world.events()).map(
      ({ message }) => `${message?.was} ${message?.rule ?? 'by a person'}`,
    );
    expect(told.sort()).toEqual([
      ...['clicked asks-only', 'clicked by a person'],
      ...['opened asks-only', 'opened by a person'],
    ]);
  });

  it('leads on also when the store is away or hangs', async () => {
    world = await createReaderWorld();
    await world.ask(click, world.links.click(destination));
    for (const how of ['refuse', 'hang'] as const) {
      world.breakStore(how);
      const start = performance.now();
      const answer = await world.ask(click, world.links.click(`${destination}-${how}`));
      expect(answer).toMatchObject({ statusCode: 302, headers: { location: `${destination}-${how}` } });
      expect(performance.now() - start).toBeLessThan(5_000);
    }
  });

  it.each([
    ['direct', 'refuse'],
    ['direct', 'hang'],
    ['wire', 'refuse'],
  ] as const)(
    'leads on where a function starts while the store is away (%s, %s), and nowhere by a wrong token',
    async (seam, how) => {
      world = await createReaderWorld({}, { seam });
      world.breakStore(how);
      const link = world.links.click(destination);
      const start = performance.now();
      const [get, head] = [await world.ask(click, link), await world.ask(click, link, { method: 'HEAD' })];
      for (const answer of [get, head])
        expect(answer).toMatchObject({ statusCode: 302, headers: { location: destination } });
      expect(performance.now() - start).toBeLessThan(6_000);
      for (const wrong of [`${link}x`, flipped(link), world.links.open.replace('/o/', '/c/')]) {
        world.restart();
        const answer = await world.ask(click, wrong);
        expect(answer.statusCode).toBe(404);
        expect(answer.headers).not.toHaveProperty('location');
      }
    },
    20_000,
  );

  it('is heard again once the store is back, by the function that started without it', async () => {
    world = await createReaderWorld();
    world.breakStore();
    await world.ask(click, world.links.click(destination));
    world.healStore();
    await world.ask(click, world.links.click(destination));
    await world.pass(7);
    expect(await world.events()).toHaveLength(1);
  });

  it('by a key that the second home may not know yet is asked to come again, not refused', async () => {
    world = await createReaderWorld();
    world.breakStore();
    const answer = await world.ask(click, world.links.click(destination).replace('/c/k1.', '/c/k2.'));
    expect(answer).toMatchObject({ statusCode: 503, headers: { 'retry-after': '30' } });
    expect(answer.headers).not.toHaveProperty('location');
  });

  it('asks to come again where a function starts while both homes of the keys are away, and leads nowhere', async () => {
    world = await createReaderWorld();
    world.breakStore();
    world.breakSecondHome();
    const link = world.links.click(destination);
    const answer = await world.ask(click, link);
    expect(answer).toMatchObject({ statusCode: 503, headers: { 'retry-after': '30' } });
    expect(answer.headers).not.toHaveProperty('location');
    const page = await world.ask(click, link, { headers: { accept: 'text/html', 'accept-language': 'fr' } });
    expect(page.body).toContain('Votre lien est valable');
    world.healSecondHome();
    expect(await world.ask(click, link)).toMatchObject({ statusCode: 302 });
  });

  it('asks to come again before the function ends where both hang', async () => {
    world = await createReaderWorld();
    world.breakStore('hang');
    world.breakSecondHome('hang');
    const start = performance.now();
    expect(await world.ask(click, world.links.click(destination))).toMatchObject({ statusCode: 503 });
    expect(performance.now() - start).toBeLessThan(clickRecord.timeoutSeconds * 1000 - 3_000);
  }, 10_000);

  it('refuses a wrong token and leads nowhere', async () => {
    world = await createReaderWorld();
    for (const link of [
      world.links.open.replace('/o/', '/c/'),
      `${world.links.click(destination)}x`,
      'https://t.acme.example/c/https:%2f%2fevil.example',
    ]) {
      const answer = await world.ask(click, link);
      expect(answer.statusCode).toBe(404);
      expect(answer.headers).not.toHaveProperty('location');
    }
  });
});
