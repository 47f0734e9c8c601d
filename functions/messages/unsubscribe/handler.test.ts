import { afterEach, describe, expect, it } from 'vitest';
import { hearConsent } from '#policy/contacts/consent';
import { saveContactWrite } from '#store/contacts/contacts';
import { main } from '#store/keys';
import { transact } from '#store/table';
import { createReaderWorld, type ReaderWorld } from '#test/builders/reader-world';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

const unsubscribe = { record, createHandler };
const oneClick = {
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: 'List-Unsubscribe=One-Click',
} as const;
const browser = { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' };

let world: ReaderWorld;
afterEach(() => world.close());
const post = (asked: object = oneClick) => world.ask(unsubscribe, world.links.unsubscribe, asked);

describe('leaving by one click', () => {
  it('takes back consent, suppresses the address and is an event, at once', async () => {
    world = await createReaderWorld();
    expect(await post()).toMatchObject({ statusCode: 200, body: 'You are unsubscribed.\n' });
    const contact = await world.contact();
    expect(contact?.consent.email).toMatchObject({ given: false, source: 'unsubscribe' });
    expect(contact?.suppressed.email).toMatchObject({ reason: 'unsubscribe' });
    const [event, ...others] = await world.events();
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      type: 'message',
      name: 'Message Unsubscribed',
      state: 'accepted',
      message: {
        sendId: world.sendId,
        journey: 'welcome',
        step: 'hello',
        channel: 'email',
        was: 'unsubscribed',
      },
      applied: { consent: [{ key: 'email', given: false }], suppressed: ['email'] },
    });
  });

  it('needs no cookie, and answers without a redirect', async () => {
    world = await createReaderWorld();
    const answer = await post();
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).not.toHaveProperty('location');
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('is the same done twice, and at the same time', async () => {
    world = await createReaderWorld();
    const answers = await Promise.all([post(), post(), post()]);
    expect(answers.map((a) => a.statusCode)).toEqual([200, 200, 200]);
    await post();
    expect(await world.events()).toHaveLength(1);
  });

  it('works again after the contact came back', async () => {
    world = await createReaderWorld();
    await post();
    const left = await world.contact();
    const back = hearConsent(
      left!,
      { channel: 'email', given: true, source: 'preferences' },
      '2026-03-02T00:00:00.000Z',
    );
    await transact(world.store.dynamodb, [saveContactWrite(world.store, back)]);
    await post();
    expect((await world.contact())?.consent.email?.given).toBe(false);
    expect(await world.events()).toHaveLength(2);
  });

  it('takes multipart, an empty body and anything else as the same wish', async () => {
    const bodies = [
      {
        method: 'POST',
        headers: { 'content-type': 'multipart/form-data; boundary=x' },
        body: '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
      },
      { method: 'POST' },
      { method: 'POST', headers: { 'content-type': 'text/strange' }, body: 'x'.repeat(200_000) },
    ];
    for (const asked of bodies) {
      world = await createReaderWorld();
      expect((await post(asked)).statusCode).toBe(200);
      expect((await world.contact())?.consent.email?.given).toBe(false);
    }
  });

  it('works for a contact that was erased', async () => {
    world = await createReaderWorld();
    await world.store.main.remove(main.profile(world.contactId));
    await world.store.main.remove(main.send(world.contactId, world.sendId));
    expect((await post()).statusCode).toBe(200);
    expect(await world.events()).toEqual([]);
  });

  it('works when the record of the send is gone', async () => {
    world = await createReaderWorld();
    await world.store.main.remove(main.send(world.contactId, world.sendId));
    await post();
    expect((await world.contact())?.suppressed.email).toMatchObject({ reason: 'unsubscribe' });
  });
});

describe('leaving one topic', () => {
  it('keeps the channel', async () => {
    world = await createReaderWorld({}, { topic: 'news' });
    await post();
    const contact = await world.contact();
    expect(contact?.consent).toMatchObject({ email: { given: true }, news: { given: false } });
    expect(contact?.suppressed).toEqual({});
  });

  it('leaves all when the reader asks for it', async () => {
    world = await createReaderWorld({}, { topic: 'news' });
    await post({ method: 'POST', headers: browser, body: 'scope=all' });
    expect((await world.contact())?.suppressed.email).toMatchObject({ reason: 'unsubscribe' });
  });
});

describe('the page', () => {
  it('changes nothing by GET', async () => {
    world = await createReaderWorld({}, { topic: 'news' });
    const before = await world.contact();
    const answer = await world.ask(unsubscribe, world.links.unsubscribe, {
      headers: { accept: 'text/html' },
    });
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('<form method="post">');
    expect(answer.body).toContain('Product &lt;news&gt;');
    expect(await world.contact()).toEqual(before);
    expect(await world.events()).toEqual([]);
  });

  it('leads to the choice of less, and from there back', async () => {
    world = await createReaderWorld();
    const headers = { accept: 'text/html', 'accept-language': 'de' };
    const before = await world.ask(unsubscribe, world.links.unsubscribe, { headers });
    const after = await post({ method: 'POST', headers: { ...browser, ...headers }, body: '' });
    for (const { body } of [before, after]) {
      const [, path = ''] = /<a href="([^"]+)"/.exec(body ?? '') ?? [];
      expect(new URL(path, world.links.unsubscribe).href).toBe(world.links.preferences);
    }
    expect(after.body).toContain('Sie sind abgemeldet');
  });

  it('leaves every channel that was agreed on', async () => {
    const given = { given: true, at: '2026-01-01T00:00:00.000Z', source: 'form:demo' };
    world = await createReaderWorld({ consent: { email: given, sms: given } }, { topic: 'news' });
    await post({ method: 'POST', headers: browser, body: 'scope=all' });
    expect(Object.keys((await world.contact())?.suppressed ?? {}).sort()).toEqual(['email', 'sms']);
  });

  it('tells people in words that it is done', async () => {
    world = await createReaderWorld();
    const answer = await post({ method: 'POST', headers: browser, body: '' });
    expect(answer.headers['content-type']).toContain('text/html');
    expect(answer.body).toContain('You are unsubscribed');
  });
});

describe('a wrong link', () => {
  it('refuses flipped, cut and foreign tokens and those of another purpose, in the form the caller reads', async () => {
    world = await createReaderWorld();
    const good = world.links.unsubscribe;
    const wrong = [
      `${good.slice(0, -1)}${good.endsWith('A') ? 'B' : 'A'}`,
      good.slice(0, -5),
      world.links.preferences.replace('/p/', '/u/'),
      world.links.open.replace('/o/', '/u/'),
      'https://t.acme.example/u/x',
    ];
    for (const link of wrong) {
      const answer = await world.ask(unsubscribe, link, oneClick);
      expect(answer.statusCode).toBe(404);
      expect(answer.headers['content-type']).toBe('application/problem+json');
      const page = await world.ask(unsubscribe, link, { headers: { accept: 'text/html' } });
      expect(page).toMatchObject({
        statusCode: 404,
        body: expect.stringContaining('This link does not work'),
      });
    }
    expect((await world.contact())?.consent.email?.given).toBe(true);
  });
});
