import { afterEach, describe, expect, it } from 'vitest';
import { main } from '#store/keys';
import { createReaderWorld, type ReaderWorld } from '#test/builders/reader-world';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

const preferences = { record, createHandler };
let world: ReaderWorld;
afterEach(() => world.close());
const show = () => world.ask(preferences, world.links.preferences, { headers: { accept: 'text/html' } });
const save = (body: string) =>
  world.ask(preferences, world.links.preferences, {
    method: 'POST',
    headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
    body,
  });

describe('the preferences', () => {
  it('show what holds now and change nothing by GET', async () => {
    world = await createReaderWorld();
    const { statusCode, body } = await show();
    expect(statusCode).toBe(200);
    expect(body).toContain('name="email" value="yes" checked');
    expect(body).toContain('Product &lt;news&gt;');
    expect(await world.events()).toEqual([]);
  });

  it('leave one topic', async () => {
    world = await createReaderWorld();
    expect((await save('saved=yes&email=yes')).statusCode).toBe(200);
    const contact = await world.contact();
    expect(contact?.consent).toMatchObject({
      email: { given: true },
      news: { given: false, source: 'preferences' },
    });
    expect((await world.events())[0]).toMatchObject({ type: 'message', message: { was: 'unsubscribed' } });
  });

  it('leave the channel when nothing is ticked, and come back when it is', async () => {
    world = await createReaderWorld();
    await save('saved=yes');
    expect((await world.contact())?.suppressed.email).toMatchObject({ reason: 'unsubscribe' });
    await save('saved=yes&email=yes&email.news=yes');
    const contact = await world.contact();
    expect(contact?.consent.email).toMatchObject({ given: true, source: 'preferences' });
    expect(contact?.suppressed).toEqual({});
    expect((await world.events()).map((event) => event.name).sort()).toEqual([
      'Message Unsubscribed',
      'Preferences Changed',
    ]);
  });

  it('write nothing when nothing was changed', async () => {
    world = await createReaderWorld();
    await save('saved=yes&email=yes&email.news=yes');
    expect(await world.events()).toEqual([]);
  });

  it('refuse a body that is none, and change nothing', async () => {
    world = await createReaderWorld();
    expect((await save('')).statusCode).toBe(400);
    expect((await world.contact())?.consent.email?.given).toBe(true);
  });

  it('say that nothing is kept of an erased contact', async () => {
    world = await createReaderWorld();
    await world.store.main.remove(main.profile(world.contactId));
    expect((await show()).body).toContain('no longer keep anything');
    expect((await save('saved=yes')).statusCode).toBe(200);
  });

  it('refuse a link of another purpose', async () => {
    world = await createReaderWorld();
    const link = world.links.unsubscribe.replace('/u/', '/p/');
    expect((await world.ask(preferences, link)).statusCode).toBe(404);
  });

  it('leave everything by one button, on every channel', async () => {
    const given = { given: true, at: '2026-01-01T00:00:00.000Z', source: 'form:demo' };
    world = await createReaderWorld({ consent: { email: given, sms: given } });
    const answer = await save('scope=all');
    expect(answer.body).toContain('Acme sends you nothing any more');
    const contact = await world.contact();
    expect([contact?.consent.email?.given, contact?.consent.sms?.given]).toEqual([false, false]);
    expect(Object.keys(contact?.suppressed ?? {}).sort()).toEqual(['email', 'sms']);
  });

  it('speak the language of the contact, else that of the browser', async () => {
    world = await createReaderWorld({ fields: { email: 'ada@example.com', language: 'fr-CH' } });
    expect((await show()).body).toMatch(/<html lang="fr">.*<h1>Vos préférences<\/h1>/s);
    world.close();
    world = await createReaderWorld();
    const headers = { accept: 'text/html', 'accept-language': 'tlh, de-AT;q=0.9, en;q=0.1' };
    const { body } = await world.ask(preferences, world.links.preferences, { headers });
    expect(body).toMatch(/<html lang="de">.*<h1>Ihre Einstellungen<\/h1>/s);
    const broken = await world.ask(preferences, 'https://t.acme.example/p/x', { headers });
    expect(broken.body).toContain('Dieser Link funktioniert nicht');
  });

  it('say the same to HEAD, without a word', async () => {
    world = await createReaderWorld();
    const answer = await world.ask(preferences, world.links.preferences, { method: 'HEAD' });
    expect(answer).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': 'text/html; charset=utf-8' },
    });
    expect(answer.body).toBeUndefined();
  });

  it('ask to come again when the store is away', async () => {
    world = await createReaderWorld();
    await show();
    world.breakStore();
    const answer = await show();
    expect(answer).toMatchObject({ statusCode: 503, headers: { 'retry-after': '30' } });
    expect(answer.body).toContain('Please try again in a moment');
  });
});
