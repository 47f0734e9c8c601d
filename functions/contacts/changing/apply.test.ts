import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Contact, emptyContact } from '#model/contact';
import type { ContactEvent } from '#model/event';
import { getContact, newContactWrite } from '#store/contacts/contacts';
import { getEvent, putEvent } from '#store/contacts/events';
import { main } from '#store/keys';
import { hashAddress } from '#store/secrets';
import { transact } from '#store/table';
import { type FrontDoor, openFrontDoor } from '#test/builders/front-door';
import { applyChange, applyNow, editContact } from './apply.ts';

const at = '2026-03-01T09:00:00.000Z';
const id = 'a'.repeat(20);
let door: FrontDoor;

beforeEach(async () => {
  door = await openFrontDoor();
  await create(id);
});
afterEach(() => door.close());

const create = (contact: string, more: Partial<Contact> = {}) =>
  transact(door.store.dynamodb, [newContactWrite(door.store, { ...emptyContact(contact, at), ...more }, [])]);
const anEvent = (more: Partial<ContactEvent> = {}): ContactEvent => ({
  id: 'e-1',
  contact: id,
  type: 'identify',
  name: 'Identified',
  at,
  happenedAt: at,
  properties: {},
  depth: 0,
  state: 'accepted',
  ...more,
});
const stored = async (event: ContactEvent): Promise<ContactEvent> => {
  await putEvent(door.store, event);
  return event;
};
const contact = async () => (await getContact(door.store, id))!;
const suppression = async (address: string) =>
  door.store.main.get(main.suppression('email', hashAddress(await door.store.keys(), 'email', address)));

describe('a stored event', () => {
  test('is applied once, however often it is delivered, and says the same each time', async () => {
    const event = await stored(anEvent({ traits: { plan: 'pro' }, addTags: ['vip'], addScore: 5 }));
    const first = await applyChange(door.store, id, event);
    const second = await applyChange(door.store, id, event);
    expect(second).toEqual({ ...first, repeated: true });
    expect(first?.change).toMatchObject({ fields: ['plan'], tagsAdded: ['vip'], scoreAdded: 5 });
    expect(await contact()).toMatchObject({ rev: 1, score: 5, tags: ['vip'], fields: { plan: 'pro' } });
  });

  test('that is delivered late again does not undo what came after it', async () => {
    const [one, two] = [
      await stored(anEvent({ traits: { plan: 'free' } })),
      await stored(anEvent({ id: 'e-2', traits: { plan: 'pro' } })),
    ];
    for (const event of [one, two, one]) await applyChange(door.store, id, event);
    expect((await contact()).fields).toEqual({ plan: 'pro' });
  });

  test('that says nothing of the contact writes nothing', async () => {
    const event = await stored(anEvent({ type: 'track', name: 'E' }));
    await applyChange(door.store, id, await stored(anEvent({ id: 'e-0', type: 'track', name: 'E' })));
    door.taken();
    const outcome = await applyChange(door.store, id, event);
    expect([outcome?.contact.rev, outcome?.change.fields, door.taken()]).toEqual([0, [], ['GetItem']]);
  });

  test('and others at the same moment are all applied', async () => {
    const events = await Promise.all(
      Array.from({ length: 5 }, (_, i) =>
        stored(anEvent({ id: `e-${i}`, addScore: 1, traits: { [`f${i}`]: i } })),
      ),
    );
    await Promise.all(events.map((event) => applyChange(door.store, id, event)));
    expect(await contact()).toMatchObject({
      score: 5,
      rev: 5,
      fields: { f0: 0, f1: 1, f2: 2, f3: 3, f4: 4 },
    });
  });

  test('of a contact that was erased is nothing', async () => {
    const event = await stored(anEvent({ contact: 'b'.repeat(20), traits: { plan: 'pro' } }));
    expect(await applyChange(door.store, 'b'.repeat(20), event)).toBeUndefined();
  });
});

describe('what must hold from now on', () => {
  const withEmail = () => applyNow(door.store, anEvent({ id: 'e-0', traits: { email: 'ada@example.com' } }));
  const complaint = anEvent({
    id: 'e-2',
    type: 'message',
    message: { sendId: 's', run: 'r', journey: 'j', step: 'm', channel: 'email', was: 'complained' },
  });

  test('is in the event, the profile and the suppression list together', async () => {
    await withEmail();
    const outcome = await applyNow(door.store, complaint);
    expect(outcome).toMatchObject({ repeated: false, change: { suppressed: ['email'] } });
    expect(await getEvent(door.store, id, 'e-2')).toMatchObject({
      applied: outcome?.change,
      state: 'accepted',
    });
    expect((await contact()).suppressed.email?.reason).toBe('complaint');
    expect(await suppression('ada@example.com')).toMatchObject({ reason: 'complaint' });
  });

  test('is done once', async () => {
    await withEmail();
    const [first, second] = [await applyNow(door.store, complaint), await applyNow(door.store, complaint)];
    expect(second).toEqual({ ...first, repeated: true });
    expect((await contact()).rev).toBe(2);
  });

  test('is told to the journeys as applied already', async () => {
    await withEmail();
    const { change } = (await applyNow(door.store, complaint))!;
    const event = (await getEvent(door.store, id, 'e-2'))!;
    expect(await applyChange(door.store, id, event)).toMatchObject({ change, repeated: true });
  });

  test('outlives the contact: the same address comes back suppressed', async () => {
    await withEmail();
    await applyNow(door.store, complaint);
    const again = 'b'.repeat(20);
    await create(again);
    await applyNow(door.store, anEvent({ contact: again, traits: { email: 'Ada@example.com' } }));
    expect((await getContact(door.store, again))?.suppressed.email?.reason).toBe('complaint');
  });

  test('outlives a form, and is forgotten when an administrator takes it back', async () => {
    await withEmail();
    await applyNow(door.store, complaint);
    const yes = anEvent({
      id: 'e-3',
      type: 'form',
      consent: [{ channel: 'email', given: true, source: 'form:demo' }],
    });
    await applyNow(door.store, yes);
    expect((await contact()).suppressed.email?.reason).toBe('complaint');
    const word = { channel: 'email', given: true, source: 'api' };
    await applyNow(door.store, { ...yes, id: 'e-4', consent: [word] });
    expect([(await contact()).suppressed, await suppression('ada@example.com')]).toEqual([{}, undefined]);
  });
});

describe('an edit', () => {
  const edit = (more: object = {}) =>
    editContact(door.store, id, {
      id: 'x-1',
      by: 'run/step',
      at,
      depth: 3,
      update: { addScore: 20, addTags: ['demo'] },
      ...more,
    });

  test('changes the contact and tells the journeys by an event of its own', async () => {
    const outcome = await edit();
    expect(await contact()).toMatchObject({ score: 20, tags: ['demo'], rev: 1 });
    expect(await getEvent(door.store, id, 'x-1')).toMatchObject({
      type: 'change',
      depth: 3,
      change: outcome?.change,
    });
  });

  test('is made once', async () => {
    await edit();
    expect(await edit()).toMatchObject({ repeated: true, change: { scoreAdded: 20 } });
    expect((await contact()).score).toBe(20);
  });

  test('happens together with what the caller adds, or not at all', async () => {
    const together = async () => [
      { table: door.store.main, check: main.profile('nobody'), condition: 'attribute_exists(pk)' },
    ];
    await expect(edit({ together })).rejects.toThrow();
    expect(await contact()).toMatchObject({ score: 0, rev: 0 });
  });

  test('of a new address makes it lead here', async () => {
    await edit({ update: { set: { email: 'ada@example.com' } } });
    expect((await door.contactOf('ada@example.com'))?.id).toBe(id);
  });
});
