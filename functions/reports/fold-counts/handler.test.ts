import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LambdaHandler } from '#aws/function-context';
import { definitionsOf } from '#model/report-settings';
import { main } from '#store/keys';
import { readBooks, saveBooks } from '#store/runs/books';
import { readCounts } from '#store/runs/counters';
import type { Item } from '#store/table';
import { type FrontDoor, openFrontDoor } from '#test/builders/front-door';
import { contributionsOf } from './contributions.ts';
import { countedOfItem, isKind, readMembers } from './counted.ts';
import { isEntered } from './entries.ts';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

let door: FrontDoor;
let fold: LambdaHandler;
beforeEach(async () => {
  door = await openFrontDoor();
  fold = createHandler(door.context(record));
});
afterEach(() => door.close());

const contact = 'a'.repeat(20);
const at = '2026-03-01T09:00:00.000Z';
const place = { contact, journey: 'welcome', version: 2, run: `${contact}-run`, visit: 1, at };
const aRun = (more: object = {}): Item => ({
  ...main.run(contact, `${contact}-run`),
  kind: 'run',
  id: `${contact}-run`,
  contact,
  journey: 'welcome',
  version: 2,
  status: 'active',
  startedAt: at,
  ...more,
});
const aStep = (step: string, more: object = {}): Item => ({
  ...main.step(contact, `${contact}-run`, step, 1),
  kind: 'step',
  ...place,
  step,
  type: 'waitFor',
  outcome: 'waiting',
  ...more,
});
const aSend = (step: string, more: object = {}): Item => ({
  ...main.send(contact, `${contact}-${step}`),
  kind: 'send',
  ...place,
  id: `${contact}-${step}`,
  step,
  channel: 'email',
  status: 'claimed',
  ...more,
});

let sequence = 0;
const removal = (before: Item): Change => {
  const record_ = change(before, before);
  const { NewImage: _, ...dynamodb } = record_.dynamodb;
  return { ...record_, eventName: 'REMOVE', dynamodb } as Change;
};
/** As Lambda hands on what the stream of the table holds. */
const change = (after: Item, before?: Item) => ({
  eventID: `event-${++sequence}`,
  eventName: before ? 'MODIFY' : 'INSERT',
  eventSource: 'aws:dynamodb',
  awsRegion: 'eu-central-1',
  dynamodb: {
    ApproximateCreationDateTime: 1_772_355_600,
    SequenceNumber: String(100_000_000_000_000_000_000n + BigInt(sequence)),
    Keys: marshall({ pk: after.pk ?? '-', sk: after.sk ?? '-' }),
    NewImage: marshall(after),
    ...(before ? { OldImage: marshall(before) } : {}),
  },
});
type Change = ReturnType<typeof change>;
const moveApart = (changes: readonly Change[]): void => {
  for (const { dynamodb } of changes) dynamodb.SequenceNumber += '000';
};
const deliver = (...records: Change[]) => fold({ Records: records });
const counts = async () => {
  const [[version, sums] = []] = [...(await readCounts(door.store, 'welcome'))];
  return { version, ...Object.fromEntries([...(sums ?? [])].filter(([, n]) => n !== 0)) };
};

test('a way through a journey, counted as it goes', async () => {
  const claimed = aSend('hello');
  const sent = { ...claimed, status: 'sent', sentAt: at };
  const waiting = aStep('reaction');
  const answered = { ...waiting, outcome: 'answered', branch: 0, answer: 'Clicked' };
  await deliver(
    change(aRun({ status: 'entering' })),
    change(aRun(), aRun({ status: 'entering' })),
    change(claimed),
  );
  expect(await counts()).toEqual({
    version: 2,
    '|entered': 1,
    '|active': 1,
    'hello|messages': 1,
    'hello|claimed': 1,
  });
  await deliver(
    change(sent, claimed),
    change({ ...sent, deliveredAt: at, clickedAt: at }, sent),
    change(waiting),
    change(answered, waiting),
    change(aStep('tag', { outcome: 'skipped', reason: 'condition' })),
    change(aSend('later', { status: 'skipped', reason: 'no-consent' })),
    change(aSend('broken', { status: 'failed', reason: 'not-accepted' })),
    change(aRun({ status: 'ended', ended: { how: 'exited', step: 'bye' } }), aRun()),
  );
  expect(await counts()).toEqual({
    version: 2,
    '|entered': 1,
    '|ended|exited': 1,
    'bye|exited': 1,
    'hello|messages': 1,
    'hello|sent': 1,
    'hello|delivered': 1,
    'hello|clicked': 1,
    'reaction|entered': 1,
    'reaction|answer|0': 1,
    'tag|entered': 1,
    'tag|skipped|condition': 1,
    'later|messages': 1,
    'later|skipped|no-consent': 1,
    'broken|messages': 1,
    'broken|failed|not-accepted': 1,
  });
});

describe('each record counts once', () => {
  const records = () => Array.from({ length: 150 }, () => change(aSend('hello', { status: 'sent' })));

  test('when its batch is delivered again', async () => {
    const batch = records();
    for (let i = 0; i < 3; i++) await deliver(...batch);
    expect(await counts()).toMatchObject({ 'hello|sent': 150 });
  });

  test('when its batch is cut in another place', async () => {
    const batch = records();
    await deliver(...batch.slice(0, 40));
    await deliver(...batch.slice(20, 90));
    await deliver(...batch);
    expect(await counts()).toMatchObject({ 'hello|sent': 150 });
  });

  test('when several batches are folded at the same moment', async () => {
    const batch = records();
    await Promise.all([
      deliver(...batch.slice(0, 80)),
      deliver(...batch.slice(60)),
      deliver(...batch.slice(40, 100)),
    ]);
    expect(await counts()).toMatchObject({ 'hello|sent': 150 });
  });

  test('without one item that has to name all records of a burst', async () => {
    const burst = Array.from({ length: 320 }, () => change(aSend('hello', { status: 'sent' })));
    await deliver(...burst);
    const names = burst.map(({ dynamodb }) => dynamodb.SequenceNumber.slice(0, -2));
    const marks = [...new Set(names)].map(main.fold);
    const sizes = (await door.store.main.getMany(marks)).map(({ seen }) => (seen as Set<string>).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(320);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(100);
  });

  test('where the numbers of neighbours are far apart', async () => {
    const far = Array.from({ length: 60 }, () => change(aSend('hello', { status: 'sent' })));
    moveApart(far);
    await deliver(...far);
    await deliver(...far.slice(20));
    expect(await counts()).toMatchObject({ 'hello|sent': 60 });
  });

  test('and the order does not matter', async () => {
    const waiting = aStep('reaction');
    const done = { ...waiting, outcome: 'answered', branch: -1 };
    await deliver(change(done, waiting));
    await deliver(change(waiting));
    expect(await counts()).toEqual({ version: 2, 'reaction|entered': 1, 'reaction|answer|-1': 1 });
  });
});

/** The stream, as far as the run itself is concerned: what the function noted on it comes back. */
const convert = async (run: Item, before: Item): Promise<Item> => {
  const key = main.run(contact, String(run.id));
  await door.store.main.put({ ...key, ...run });
  const record_ = change(run, before);
  await deliver(record_);
  await deliver(record_);
  const noted = (await door.store.main.get(key)) as Item;
  await deliver(change(noted, run));
  return noted;
};

test('a conversion is credited to every step the run came through before, with its answers', async () => {
  await door.store.main.put({
    ...main.step(contact, `${contact}-run`, 'reaction', 1),
    ...aStep('reaction', { outcome: 'answered', branch: 0 }),
  });
  await door.store.main.put({
    ...main.step(contact, `${contact}-run`, 'too-late', 1),
    ...aStep('too-late', { at: '2026-03-01T09:00:00.001Z', outcome: 'done' }),
  });
  await door.store.main.put({
    ...aStep('other', { run: 'another-run' }),
    ...main.step(contact, 'another-run', 'other', 1),
  });
  await door.store.main.put(
    aSend('hello', { status: 'sent', template: 'welcome' }) as Item & {
      pk: string;
      sk: string;
    },
  );
  const noted = await convert(aRun({ converted: { at, value: 49.5 } }), aRun());
  const credit = {
    ...{ '|converted': 1, '|convertedAfter|0': 1, '|value': 49.5, '|valueSquares': 49.5 ** 2, '|valued': 1 },
    ...{ 'reaction|converted': 1, 'reaction|answerConverted|0': 1, 'hello|converted': 1 },
  };
  expect(await counts()).toEqual({ version: 2, ...credit });
  await deliver(change({ ...noted, status: 'ended', ended: { how: 'goal' } }, noted));
  expect(await counts()).toEqual({ version: 2, ...credit, '|active': -1, '|ended|goal': 1 });
  expect((await readCounts(door.store, 'template:welcome')).get(0)?.get('|converted')).toBe(1);
});

test('what could not be noted of a customer is noted when the batch comes again', async () => {
  const context = door.context(record);
  const { dynamodb } = context.aws;
  const send = dynamodb.send.bind(dynamodb) as (command: object) => Promise<object>;
  let isAway = true;
  const isNote = (command: object) =>
    command instanceof UpdateItemCommand && command.input.Key?.sk?.S?.startsWith('A#');
  vi.spyOn(dynamodb, 'send').mockImplementation((command: object) =>
    isAway && isNote(command) ? Promise.reject(new Error('away')) : send(command),
  );
  fold = createHandler(context);
  const order = change({
    ...{ pk: `C#${contact}`, sk: 'E#order', kind: 'event', id: 'order', contact, type: 'track' },
    ...{ name: 'Order Completed', at, happenedAt: at, properties: { revenue: 10 } },
  });
  await expect(deliver(order)).rejects.toThrow('away');
  isAway = false;
  await deliver(order);
  expect(await door.store.main.get(main.customer(contact, 0))).toMatchObject({ kind: 'customer' });
});

test('a conversion after hundreds of steps, and a batch over many journeys with numbers far apart, fit', async () => {
  for (let i = 0; i < 700; i++)
    await door.store.main.put({
      ...main.step(contact, `${contact}-run`, `s${i}`, 1),
      ...aStep(`s${i}`, { outcome: 'answered', branch: 0 }),
    });
  const spread = Array.from({ length: 100 }, (_, i) =>
    change({ ...aStep('hello'), journey: `journey-${i}` }),
  );
  moveApart(spread);
  await deliver(...spread);
  await convert(aRun({ converted: { at } }), aRun());
  expect(await counts()).toMatchObject({ '|converted': 1, 's0|converted': 1, 's0|answerConverted|0': 1 });
  expect((await readCounts(door.store, 'journey-99')).get(2)?.get('hello|entered')).toBe(1);
});

describe('an item that is gone', () => {
  test('stays counted, but not as under way', async () => {
    const waiting = aStep('reaction');
    await deliver(change(waiting), change(aSend('hello', { status: 'sent' })));
    await deliver(removal(waiting), removal(aSend('hello', { status: 'sent' })));
    expect(await counts()).toEqual({
      version: 2,
      'reaction|entered': 1,
      'hello|messages': 1,
      'hello|sent': 1,
    });
  });

  test('does so in a book that was begun later', async () => {
    const sent = aSend('hello', { status: 'sent' });
    await deliver(change(sent));
    await deliver(removal(sent));
    const before = await readBooks(door.store);
    await saveBooks(
      door.store,
      { reading: 1, books: [{ ...before!.books[0]!, number: 1, from: '2027-01-01' }] },
      before,
    );
    expect(await counts()).toMatchObject({ 'hello|sent': 1 });
  });
});

test('what a change does not count is not written', async () => {
  await deliver(change(aRun(), aRun()));
  door.taken();
  await deliver(change(aRun({ wait: { token: 't' } }), aRun()));
  expect(door.taken()).toEqual(['Query']);
});

test('nothing is counted by a member that is not read', () => {
  const asked = new Map<string, Set<string>>();
  const watched = (item: Item): Item =>
    new Proxy(item, {
      get: (target, name) => {
        const kind = String(target.kind);
        asked.set(kind, (asked.get(kind) ?? new Set()).add(String(name)));
        return Reflect.get(target, name);
      },
    });
  const items = [
    aRun({
      wait: { kind: 'hold', step: 'a' },
      ended: { how: 'goal', step: 'a' },
      converted: { at, value: 1 },
    }),
    ...['waiting', 'skipped', 'answered'].map((outcome) => aStep('reaction', { outcome, branch: 0 })),
    ...['claimed', 'skipped', 'failed'].map((status) => aSend('hello', { status })),
    { kind: 'refusal', journey: 'welcome', version: 1, reason: 'again' },
    { kind: 'profile', id: contact, createdAt: at },
    { kind: 'membership', segment: 'all', since: at },
    { kind: 'event', contact, type: 'track', name: 'Order Completed', at, happenedAt: at },
    { kind: 'customer', contact, book: 0, months: new Set(['2026-03']) },
  ];
  const definitions = definitionsOf({ timezone: 'Europe/Berlin' });
  for (const item of items) {
    const counted = countedOfItem(watched(item));
    if (counted) contributionsOf(counted, { definitions, nameIn: (_, name) => name });
    isEntered(watched(item), { number: 1, from: '2026' });
  }
  for (const [kind, names] of asked)
    expect([kind, ...[...names].filter((name) => !readMembers[kind]?.includes(name))]).toEqual([kind]);
  expect([...asked.keys()].sort()).toEqual(Object.keys(readMembers).filter(isKind).sort());
});

test('an item that is no part of a journey is passed over', async () => {
  await deliver(change({ kind: 'entry', contact }), change(aStep('reaction')));
  expect(await counts()).toMatchObject({ 'reaction|waiting': 1 });
});
