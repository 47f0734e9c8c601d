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
});
