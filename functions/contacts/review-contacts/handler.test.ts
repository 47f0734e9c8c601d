import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Condition } from '#conditions/schema';
import { createHandler as createFold } from '#functions/reports/fold-counts/handler';
import { record as foldRecord } from '#functions/reports/fold-counts/record';
import { iso } from '#kernel/clock';
import { type Contact, emptyContact } from '#model/contact';
import type { ContactEvent } from '#model/event';
import type { Segment } from '#model/segment';
import { putDocument } from '#store/catalogue/documents';
import { readAudienceRecord } from '#store/contacts/audience';
import { newContactWrite } from '#store/contacts/contacts';
import { putEvent } from '#store/contacts/events';
import { listMembers } from '#store/contacts/memberships';
import { getProfile } from '#store/contacts/profiles';
import { main } from '#store/keys';
import { watchRun } from '#store/runs/watches';
import { transact } from '#store/table';
import { openStage, type Stage } from '#test/builders/journey-stage';
import { email, journeyOf } from '#test/builders/journeys';
import { applyChange, editContact } from '../changing/apply.ts';
import { review } from '../changing/review.ts';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage('2026-03-02T10:00:00.000Z', {
    'review-contacts': { record, createHandler },
    'fold-counts': { record: foldRecord, createHandler: createFold },
  });
});
afterEach(() => stage.close());

type Answer = { events: number; contacts: number; next: string | null };
const round = async (): Promise<Answer> =>
  (await stage.invoke('review-contacts', { source: 'schedule' })) as Answer;
/** Counts who came into segments. */
const fold = () => {
  const all = stage.dynamo.readStream(stage.settings.mainTable, '', 10_000);
  const records = all.filter(({ dynamodb }) => dynamodb?.Keys?.sk?.S?.startsWith('G#'));
  return stage.invoke('fold-counts', { Records: records });
};
const pass = (duration: string) => stage.advance(duration);
const segment = (id: string, condition: Condition) =>
  putDocument(stage.store, 'segment', id, { name: id, if: condition } satisfies Segment, { owner: 'api' });
const standing = async ({ id }: Contact) => (await getProfile(stage.store, id))!.standing;
const moves = async (contact: Contact) =>
  (await stage.items(contact)).events.flatMap(({ applied }) =>
    applied
      ? [...applied.segmentsEntered.map((id) => `+${id}`), ...applied.segmentsLeft.map((id) => `-${id}`)]
      : [],
  );
const edit = (contact: Contact, id: string, set: Record<string, unknown>) =>
  editContact(stage.store, contact.id, {
    id,
    by: 'test',
    at: iso(stage.clock.now()),
    depth: 0,
    update: { set },
  });
const event = (contact: Contact, name: string, members: Partial<ContactEvent> = {}): ContactEvent => {
  const at = iso(stage.clock.now());
  const about = { id: 'e-1', contact: contact.id, type: 'track', name, at, happenedAt: at } as const;
  return { ...about, properties: {}, depth: 0, state: 'accepted', ...members };
};
const contacts = async (
  count: number,
  fieldsOf = (i: number): Contact['fields'] => ({ plan: i % 2 === 0 ? 'pro' : 'free' }),
): Promise<Contact[]> => {
  const made = Array.from({ length: count }, (_, i) => ({
    ...emptyContact(String(i).padStart(20, '0'), iso(stage.clock.now())),
    fields: fieldsOf(i),
  }));
  for (const contact of made)
    await transact(stage.store.dynamodb, [newContactWrite(stage.store, contact, [])]);
  return made;
};
/** Operations on the main table, and which index they asked. */
const watchOperations = () => {
  const seen: string[] = [];
  stage.sabotage.before = (service, operation, input) => {
    const { TableName, IndexName } = input as { TableName?: string; IndexName?: string };
    if (service === 'dynamodb' && TableName === stage.settings.mainTable)
      seen.push(`${operation} ${IndexName ?? ''}`);
  };
  return seen;
};

describe('a segment that is made', () => {
  test('finds its present members in bounded rounds, without a scan and without a word to the journeys', async () => {
    await segment('none', { tag: 'nobody' });
    await round();
    const made = await contacts(450);
    await pass('5 minutes');
    await round();
    await pass('5 minutes');
    await segment('pros', { contact: 'plan', is: 'pro' });
    const operations = watchOperations();
    expect(await round()).toMatchObject({ events: 0, contacts: 450 });
    expect(operations.filter((operation) => operation.startsWith('Scan'))).toEqual([]);
    const members = await Promise.all(made.map(async (contact) => (await standing(contact)).segments));
    expect(members.filter((ids) => ids.includes('pros'))).toHaveLength(225);
    // The next round finds all of them done.
    expect(await round()).toMatchObject({ contacts: 0 });
  });

  test('is ready although one contact cannot be looked at, which is tried again and keeps nobody else', async () => {
    await segment('none', { tag: 'nobody' });
    await round();
    const made = await contacts(30);
    await pass('5 minutes');
    await segment('pros', { contact: 'plan', is: 'pro' });
    const broken = made[4]!.id;
    stage.sabotage.before = (_service, operation, input) => {
      if (operation === 'TransactWriteItems' && JSON.stringify(input).includes(`C#${broken}`))
        throw new Error('broken');
    };
    expect(await round()).toMatchObject({ contacts: 30, next: iso(stage.clock.now() + 60_000) });
    expect((await readAudienceRecord(stage.store))!.complete).toBe(2);
    const members = await listMembers(stage.store, { segment: 'pros', limit: 100 });
    expect(members.map(({ contact }) => contact)).not.toContain(broken);
    expect(members).toHaveLength(14);
    stage.sabotage.before = undefined;
    await pass('2 minutes');
    await round();
    expect(await listMembers(stage.store, { segment: 'pros', limit: 100 })).toHaveLength(15);
  });

  test('is not ready while anybody is left, however often a round falls half-way', async () => {
    await segment('none', { tag: 'nobody' });
    await round();
    await contacts(60);
    await pass('5 minutes');
    await segment('pros', { contact: 'plan', is: 'pro' });
    let looks = 0;
    stage.sabotage.before = (_service, operation) => {
      if (operation === 'Query' && ++looks > 12) throw new Error('fell');
    };
    await expect(round()).rejects.toThrow('fell');
    expect((await readAudienceRecord(stage.store))!.complete).toBe(1);
    stage.sabotage.before = undefined;
    await round();
    expect((await readAudienceRecord(stage.store))!.complete).toBe(2);
    expect(await listMembers(stage.store, { segment: 'pros', limit: 100 })).toHaveLength(30);
  });

  test('is one of so many that a contact moves in portions, silently to the last', async () => {
    const [ada] = await contacts(1, () => ({ plan: 'pro' }));
    await pass('5 minutes');
    for (let i = 0; i < 120; i++) await segment(`s${i}`, { contact: 'plan', is: 'pro' });
    await round();
    expect((await standing(ada!)).segments).toHaveLength(120);
    expect(await moves(ada!)).toEqual([]);
    const lists = await Promise.all(
      ['s0', 's119'].map((id) => listMembers(stage.store, { segment: id, limit: 10 })),
    );
    expect(lists.flat().map(({ contact }) => contact)).toEqual([ada!.id, ada!.id]);
    await edit(ada!, 'e-1', { plan: 'free' });
    await review(stage.store, ada!.id);
    expect((await standing(ada!)).segments).toEqual([]);
    expect((await moves(ada!)).filter((move) => move.startsWith('-'))).toHaveLength(120);
  });

  test('is remembered by its words, and forgotten versions go when nobody stands at them', async () => {
    await segment('a', { tag: 'x' });
    await round();
    await segment('b', { tag: 'y' });
    await round();
    const record = (await readAudienceRecord(stage.store))!;
    expect(record).toMatchObject({ version: 2, segments: { a: { since: 1 }, b: { since: 2 } } });
    expect(Object.keys(record.former)).toEqual(['1']);
    await pass('2 hours');
    await round();
    expect((await readAudienceRecord(stage.store))?.former).toEqual({});
    // Written again in the same words it is as old as it was.
    await segment('b', { tag: 'y' });
    await round();
    expect((await readAudienceRecord(stage.store))?.version).toBe(2);
  });
});

describe('what time has changed', () => {
  test('is found when it is due, told once, and not looked for before', async () => {
    await segment('fresh', { contact: 'trialStarted', inLast: '7 days' });
    const ada = await stage.contact();
    await edit(ada, 'e-1', { trialStarted: iso(stage.clock.now()) });
    expect(await standing(ada)).toMatchObject({ segments: ['fresh'], due: '2026-03-09T10:00:00.001Z' });
    expect(await round()).toMatchObject({ contacts: 0, next: '2026-03-02T10:01:00.000Z' });
    await fold();
    expect(await round()).toMatchObject({ contacts: 0, next: '2026-03-09T10:00:00.001Z' });
    await pass('8 days');
    await Promise.all([round(), round(), review(stage.store, ada.id)]);
    expect(await round()).toMatchObject({ contacts: 0, next: null });
    expect(await moves(ada)).toEqual(['+fresh', '-fresh']);
  });

  test('is told once although the first fell after it was written', async () => {
    await segment('fresh', { contact: 'trialStarted', inLast: '7 days' });
    const ada = await stage.contact();
    await edit(ada, 'e-1', { trialStarted: iso(stage.clock.now()) });
    await pass('8 days');
    stage.sabotage.after = (_service, operation) => {
      if (operation === 'TransactWriteItems') throw new Error('fell');
    };
    expect(await round()).toMatchObject({ next: iso(stage.clock.now() + 60_000) });
    stage.sabotage.after = undefined;
    await round();
    expect(await moves(ada)).toEqual(['+fresh', '-fresh']);
  });

  test('comes before what a later event changes, also when nobody had looked yet', async () => {
    await segment('fresh', { contact: 'trialStarted', inLast: '7 days' });
    const ada = await stage.contact();
    await edit(ada, 'e-1', { trialStarted: iso(stage.clock.now()) });
    await pass('8 days');
    await edit(ada, 'e-2', { trialStarted: iso(stage.clock.now()) });
    expect((await moves(ada)).sort()).toEqual(['+fresh', '+fresh', '-fresh']);
    expect((await stage.items(ada)).events.find(({ id }) => id === 'e-2')?.applied).toMatchObject({
      segmentsEntered: ['fresh'],
      segmentsLeft: [],
    });
  });

  test('to a crowd at the same moment is told a bounded number at a time', async () => {
    await segment('fresh', { contact: 'trialStarted', inLast: '7 days' });
    await round();
    await pass('5 minutes');
    const crowd = await contacts(2_100, () => ({ trialStarted: iso(stage.clock.now()) }));
    await pass('5 minutes');
    expect([(await round()).events, (await round()).events].every((events) => events > 0)).toBe(true);
    expect(await standing(crowd[0]!)).toMatchObject({ segments: ['fresh'] });
    await pass('8 days');
    const first = await round();
    expect(first.events).toBeGreaterThanOrEqual(2_000);
    expect(first.events).toBeLessThan(2_010);
    expect(first.next).toBe(iso(stage.clock.now() + 60_000));
    expect(await round()).toMatchObject({ events: 2_100 - first.events });
  });

  test('of one contact that cannot be looked at does not keep the others', async () => {
    await segment('fresh', { contact: 'trialStarted', inLast: '7 days' });
    const all = [await stage.contact(), await stage.contact(), await stage.contact()];
    for (const contact of all)
      await edit(contact, `e-${contact.id}`, { trialStarted: iso(stage.clock.now()) });
    await pass('8 days');
    stage.sabotage.before = (_service, operation, input) => {
      const key = (input as { Key?: { pk: { S: string } } }).Key?.pk.S;
      if (operation === 'GetItem' && key === main.contactPk(all[1]!.id)) throw new Error('broken');
    };
    expect(await round()).toMatchObject({ events: 2 });
    stage.sabotage.before = undefined;
    expect(await round()).toMatchObject({ events: 1 });
  });

  test('wakes runs that asked for it, each once', async () => {
    const ada = await stage.contact();
    const run = `${ada.id}-${'r'.repeat(20)}`;
    await watchRun(stage.store, run, stage.clock.now() + 1_000);
    await watchRun(stage.store, run, stage.clock.now() + 60_000);
    expect(await round()).toMatchObject({ contacts: 0, next: '2026-03-02T10:00:01.000Z' });
    await pass('5 minutes');
    expect(await Promise.all([round(), round()])).toContainEqual(expect.objectContaining({ events: 1 }));
    expect(await round()).toMatchObject({ events: 0, next: null });
  });
});

describe('a date', () => {
  test('that comes again because the contact moved west on that day is told once, and looked for next year', async () => {
    const enter = { on: [{ date: 'contact.birthday', at: '12:00' }], again: 'always' } as const;
    await stage.publish(journeyOf([email('hello')], { enter: { ...enter, on: [...enter.on] } }));
    const ada = await stage.contact();
    await edit(ada, 'e-1', { birthday: '1990-03-05', timezone: 'Asia/Tokyo' });
    expect(await round()).toMatchObject({ contacts: 0, next: '2026-03-05T03:00:00.000Z' });
    await stage.advance('66 hours');
    expect(await round()).toMatchObject({ events: 1, next: '2027-03-05T03:00:00.000Z' });
    await edit(ada, 'e-2', { timezone: 'America/New_York' });
    await stage.advance('1 day');
    expect(await round()).toMatchObject({ events: 0, contacts: 1, next: '2027-03-05T17:00:00.000Z' });
    expect((await stage.items(ada)).events.filter(({ type }) => type === 'date')).toHaveLength(1);
  });
});

describe('an event that a segment asks for', () => {
  test('is weighed against what another one changes at the same moment', async () => {
    await segment('both', { all: [{ did: 'Bought' }, { contact: 'plan', is: 'pro' }] });
    const ada = await stage.contact();
    await edit(ada, 'e-0', { plan: 'free' });
    const bought = event(ada, 'Bought');
    await putEvent(stage.store, bought);
    await Promise.all([applyChange(stage.store, ada.id, bought), edit(ada, 'e-2', { plan: 'pro' })]);
    expect(await moves(ada)).toEqual(['+both']);
  });

  test('and that is stored and heard while another one is about to commit is not missed', async () => {
    await segment('both', { all: [{ did: 'Bought' }, { contact: 'plan', is: 'pro' }] });
    const ada = await stage.contact();
    await edit(ada, 'e-0', { plan: 'free' });
    const bought = event(ada, 'Bought');
    stage.sabotage.before = async (_service, operation) => {
      if (operation !== 'TransactWriteItems') return;
      stage.sabotage.before = undefined;
      await putEvent(stage.store, bought);
      await applyChange(stage.store, ada.id, bought);
    };
    await edit(ada, 'e-2', { plan: 'pro' });
    expect(await moves(ada)).toEqual(['+both']);
  });

  test('that happened at a time to come counts from then on', async () => {
    await segment('buyers', { did: 'Bought', inLast: '2 days' });
    const ada = await stage.contact();
    const bought = event(ada, 'Bought', { happenedAt: '2026-03-03T10:00:00.000Z' });
    await putEvent(stage.store, bought);
    await applyChange(stage.store, ada.id, bought);
    expect((await standing(ada)).segments).toEqual([]);
    await pass('1 day');
    await round();
    await pass('3 days');
    await round();
    expect((await moves(ada)).sort()).toEqual(['+buyers', '-buyers']);
  });

  test('that none asks for writes nothing', async () => {
    await segment('buyers', { did: 'Bought', inLast: '2 days' });
    const ada = await stage.contact();
    await edit(ada, 'e-0', { plan: 'free' });
    await pass('1 minute');
    const looked = event(ada, 'Looked');
    await putEvent(stage.store, looked);
    const operations = watchOperations();
    await applyChange(stage.store, ada.id, looked);
    expect(operations).toEqual(['GetItem ']);
  });
});
