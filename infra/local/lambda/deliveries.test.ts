import { expect, test } from 'vitest';
import { openDatabase } from '../sqlite/database.ts';
import { createVirtualClock } from '../time/clock.ts';
import { createDeliveries } from './deliveries.ts';
import { createQuarantine } from './quarantine.ts';

const start = Date.parse('2026-03-01T08:00:00Z');

const setUp = (work: (event: unknown) => unknown, { db = openDatabase(':memory:'), twice = false } = {}) => {
  const clock = createVirtualClock(start);
  const heard: unknown[] = [];
  const quarantine = createQuarantine(db, clock);
  const deliveries = createDeliveries({
    db,
    clock,
    quarantine,
    twice,
    invoke: async (_name, event) => {
      heard.push(event);
      return work(event);
    },
  });
  const send = (event: unknown) => db.write(() => deliveries.add('take-feedback', event));
  const pass = (seconds: number) => clock.advanceTo(clock.now() + seconds * 1000, () => deliveries.idle());
  return { deliveries, heard, quarantine, db, send, pass };
};

test('an event is handed over once it is durable, and only then', async () => {
  const { db, deliveries, heard } = setUp(() => undefined);
  const undone = db.write(() => {
    deliveries.add('take-feedback', { n: 1 });
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  await db.write(() => deliveries.add('take-feedback', { n: 2 }));
  await deliveries.idle();
  expect(heard).toEqual([{ n: 2 }]);
});

test('tries twice more, after one minute and after two, then parks the event with the reason', async () => {
  const { send, pass, deliveries, heard, quarantine } = setUp(() => Promise.reject(new TypeError('no')));
  await send({ n: 1 });
  await deliveries.idle();
  expect(heard).toHaveLength(1);
  await pass(59);
  expect(heard).toHaveLength(1);
  await pass(2);
  expect(heard).toHaveLength(2);
  await pass(3600);
  expect(heard).toHaveLength(3);
  expect(quarantine.list()).toEqual([
    {
      at: '2026-03-01T08:03:00.000Z',
      functionName: 'take-feedback',
      reason: 'TypeError: no',
      event: { n: 1 },
    },
  ]);
});

test('a failure holds nobody else up', async () => {
  const { send, deliveries, heard } = setUp((event) =>
    (event as { n: number }).n === 1 ? Promise.reject(new Error('x')) : undefined,
  );
  await send({ n: 1 });
  await send({ n: 2 });
  await deliveries.idle();
  expect(heard).toEqual([{ n: 1 }, { n: 2 }]);
});

test('what an earlier process left is taken up, and what it delivered is not', async () => {
  const db = openDatabase(':memory:');
  const before = setUp(() => undefined, { db });
  await before.send({ n: 1 });
  await before.deliveries.idle();
  before.deliveries.stop();
  await before.send({ n: 2 });
  const after = setUp(() => undefined, { db });
  after.deliveries.start();
  await after.deliveries.idle();
  expect([before.heard, after.heard]).toEqual([[{ n: 1 }], [{ n: 2 }]]);
});

test('hands over twice when told to', async () => {
  const { send, deliveries, heard } = setUp(() => undefined, { twice: true });
  await send({ n: 1 });
  await deliveries.idle();
  expect(heard).toEqual([{ n: 1 }, { n: 1 }]);
});

test('what was taken leaves with the next write, which is not its own', async () => {
  const db = openDatabase(':memory:');
  const { send, deliveries } = setUp(() => undefined, { db });
  const left = () => db.prepare('SELECT count(*) AS n FROM delivery').get();
  await Promise.all([send({ n: 1 }), send({ n: 2 }), send({ n: 3 })]);
  await deliveries.idle();
  await send({ n: 4 });
  expect(left()).toEqual({ n: 1 });
});

test('what was taken leaves, too, when the write that came meanwhile is lost', async () => {
  const db = openDatabase(':memory:');
  db.sql.exec(
    'PRAGMA foreign_keys = ON; CREATE TABLE one (n PRIMARY KEY); CREATE TABLE other (n REFERENCES one (n) DEFERRABLE INITIALLY DEFERRED)',
  );
  let lost: Promise<unknown> = Promise.resolve();
  const { send, deliveries } = setUp(
    () => {
      lost = expect(db.write(() => db.sql.exec('INSERT INTO other VALUES (1)'))).rejects.toThrow(
        'FOREIGN KEY',
      );
    },
    { db },
  );
  await send({ n: 1 });
  await deliveries.idle();
  await lost;
  await db.write(() => {});
  expect(db.prepare('SELECT count(*) AS n FROM delivery').get()).toEqual({ n: 0 });
});
