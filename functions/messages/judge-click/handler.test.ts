import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '#store/keys';
import { heldClicksOf } from '#store/sends/held-clicks';
import { createReaderWorld, type ReaderWorld } from '#test/builders/reader-world';
import { createHandler } from '../track-click/handler.ts';
import { record } from '../track-click/record.ts';

const click = { record, createHandler };
let world: ReaderWorld;
beforeEach(async () => {
  world = await createReaderWorld();
});
afterEach(() => world.close());

const follow = (page: string) => world.ask(click, world.links.click(`https://www.acme.example/${page}`));
const told = async () =>
  (await world.events()).map(({ message }) => `${message?.link?.at(-1)} ${message?.rule ?? 'person'}`);

describe('a click', () => {
  it('is stored at once and is no event before its window has passed', async () => {
    await follow('a');
    expect(await heldClicksOf(world.store, world.contactId)).toMatchObject([{ send: world.sendId }]);
    expect(await told()).toEqual([]);
    await world.pass(7);
    expect(await told()).toEqual(['a person']);
    expect(await heldClicksOf(world.store, world.contactId)).toEqual([]);
  });

  it('happened when it was made', async () => {
    await follow('a');
    await world.pass(7);
    expect(await world.events()).toMatchObject([
      { happenedAt: '2026-03-01T09:00:00.000Z', at: '2026-03-01T09:00:07.000Z' },
    ]);
  });

  it('is one of a program where another link was asked for less than five seconds later', async () => {
    await follow('a');
    await world.pass(4, { judge: false });
    await follow('b');
    await world.pass(7);
    expect((await told()).sort()).toEqual(['a every-link-at-once', 'b every-link-at-once']);
  });

  it("is one of a person where another link was asked for five seconds later, and so is the other's", async () => {
    await follow('a');
    await world.pass(5, { judge: false });
    await follow('b');
    await world.pass(7);
    expect((await told()).sort()).toEqual(['a person', 'b person']);
  });

  it('refuses to be judged before all that tells of it can be there', async () => {
    await follow('a');
    await expect(world.pass(4)).rejects.toMatchObject({ name: 'TooEarly' });
    expect(await told()).toEqual([]);
  });

  it('is told once, however often it is judged', async () => {
    await follow('a');
    await world.pass(7, { times: 3 });
    expect(await told()).toEqual(['a person']);
  });

  it('of somebody erased meanwhile is told of nobody', async () => {
    await follow('a');
    await world.store.main.remove(main.send(world.contactId, world.sendId));
    await world.pass(7);
    expect(await told()).toEqual([]);
    expect(await heldClicksOf(world.store, world.contactId)).toEqual([]);
  });
});
