import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FunctionContext } from '#aws/function-context';
import { review } from '#functions/contacts/changing/review';
import { createHandler as createReviews } from '#functions/contacts/review-contacts/handler';
import { record as reviewRecord } from '#functions/contacts/review-contacts/record';
import { iso } from '#kernel/clock';
import { type Contact, emptyContact } from '#model/contact';
import type { EnrolmentWork } from '#model/enrolment';
import { putDocument } from '#store/catalogue/documents';
import { addEnrolment, listEnrolments } from '#store/catalogue/enrolments';
import { newContactWrite } from '#store/contacts/contacts';
import { putEvent } from '#store/contacts/events';
import { transact } from '#store/table';
import { openStage, type Stage } from '#test/builders/journey-stage';
import { journeyOf, pause } from '#test/builders/journeys';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

let stage: Stage;
/** How long each pause was, where the function is one that may pause. */
let pauses: number[];
const pausing = {
  record: { ...record, name: 'enroll-members-pausing' },
  createHandler: (context: FunctionContext) =>
    createHandler({
      ...context,
      pause: async (ms) => {
        pauses.push(ms);
        await stage.clock.advanceTo(stage.clock.now() + ms, async () => {});
      },
    }),
};

beforeEach(async () => {
  pauses = [];
  stage = await openStage('2026-03-02T10:00:00.000Z', {
    'enroll-members': { record, createHandler },
    'enroll-members-pausing': pausing,
    'review-contacts': { record: reviewRecord, createHandler: createReviews },
  });
  const enter = { on: [{ manual: true as const }] };
  await stage.publish(journeyOf([pause('a-day', '1 day')], { enter }));
  const segment = { name: 'pros', if: { contact: 'plan', is: 'pro' } };
  await putDocument(stage.store, 'segment', 'pros', segment, { owner: 'api' });
});
afterEach(() => stage.close());

const members = async (count: number): Promise<Contact[]> => {
  const made = Array.from({ length: count }, (_, i) => ({
    ...emptyContact(String(i).padStart(20, '0'), iso(stage.clock.now())),
    fields: { plan: 'pro' },
  }));
  for (const contact of made) {
    await transact(stage.store.dynamodb, [newContactWrite(stage.store, contact, [])]);
    await review(stage.store, contact.id);
  }
  await stage.invoke('review-contacts', { source: 'schedule' });
  await stage.settle();
  return made;
};
const enrolment = (more: Partial<EnrolmentWork> = {}) => {
  const now = iso(stage.clock.now());
  return addEnrolment(stage.store, {
    ...{
      id: 'e1',
      journey: 'a-journey',
      segment: 'pros',
      properties: {},
      perMinute: 6_000,
      status: 'waiting',
    },
    ...{ createdAt: now, nextAt: now, looked: 0, entered: 0, left: 0, failed: 0, refused: {} },
    ...{ shard: 0, tries: 0, turn: 0 },
    ...more,
  });
};
const call = (name = 'enroll-members') =>
  stage.invoke(name, { source: 'schedule' }) as Promise<{ next: string | null }>;
const state = async () => (await listEnrolments(stage.store))[0];
const runs = async (contacts: readonly Contact[]) =>
  (await Promise.all(contacts.map((contact) => stage.items(contact)))).map((items) => items.runs.length);

test('where a call may pause, it takes a portion a second until all had their turn', async () => {
  const made = await members(25);
  await enrolment({ perMinute: 600 });
  expect(await call('enroll-members-pausing')).toEqual({ next: null });
  expect(pauses).toEqual([1_000, 1_000]);
  expect(await state()).toMatchObject({ status: 'done', looked: 25, entered: 25 });
  expect(await runs(made)).toEqual(made.map(() => 1));
});

test('a call that has lasted long leaves the rest to the next one', async () => {
  await members(60);
  await enrolment({ perMinute: 60 });
  const { next } = await call('enroll-members-pausing');
  expect(next).toBe('2026-03-02T10:00:51.000Z');
  expect(await state()).toMatchObject({ status: 'running', looked: 51 });
});

test('nobody is taken while the event of a lead has not been heard, but not for ever', async () => {
  const [lead] = await members(10);
  const at = iso(stage.clock.now());
  await putEvent(stage.store, {
    ...{ id: 'm1', contact: lead!.id, type: 'track', name: 'Signed Up', at, happenedAt: at },
    ...{ properties: {}, depth: 0, state: 'accepted' },
  });
  await stage.clock.advanceTo(stage.clock.now() + 5_000, async () => {});
  await enrolment();
  expect(await call()).toEqual({ next: '2026-03-02T10:00:06.000Z' });
  expect(await state()).toMatchObject({ status: 'waiting', looked: 0 });
  await stage.clock.advanceTo(stage.clock.now() + 60_000, async () => {});
  await call();
  expect(await state()).toMatchObject({ status: 'done', entered: 10 });
});

test('while Step Functions throttles it comes back more and more slowly, and each enters once', async () => {
  const made = await members(10);
  await enrolment();
  let starts = 0;
  stage.sabotage.before = (_service, operation) => {
    if (operation === 'StartExecution' && ++starts <= 25) throw new Error('ThrottlingException');
  };
  expect(await call()).toEqual({ next: '2026-03-02T10:00:02.000Z' });
  expect(await state()).toMatchObject({ status: 'running', looked: 0, tries: 1 });
  await stage.clock.advanceTo(Date.parse('2026-03-02T10:00:02.000Z'), async () => {});
  // Those whose run stands in the store but has not started wait like any lead.
  stage.sabotage.before = undefined;
  for (let i = 0; i < 70 && (await state())?.status !== 'done'; i++) {
    await call();
    await stage.clock.advanceTo(stage.clock.now() + 1_000, async () => {});
  }
  expect(await state()).toMatchObject({ status: 'done', looked: 10, entered: 10, failed: 0 });
  expect(await runs(made)).toEqual(made.map(() => 1));
});

test('one that cannot be taken is given up after a few tries, and keeps nobody else', async () => {
  const made = await members(5);
  const broken = made[2]!.id;
  await enrolment();
  stage.sabotage.before = (_service, operation, input) => {
    if (operation === 'PutItem' && JSON.stringify(input).includes(`C#${broken}`)) throw new Error('broken');
  };
  for (let i = 0; i < 60 && (await state())?.status !== 'done'; i++) {
    await call();
    await stage.clock.advanceTo(stage.clock.now() + 1_000, async () => {});
  }
  expect(await state()).toMatchObject({ status: 'done', looked: 5, entered: 4, failed: 1 });
});

test('killed between the portion and its note, it goes on without a second run for anybody', async () => {
  const made = await members(10);
  await enrolment({ perMinute: 360 });
  stage.sabotage.before = (_service, operation, input) => {
    const { Item } = input as { Item?: { looked?: { N: string } } };
    if (operation === 'PutItem' && Item?.looked?.N === '6') throw new Error('killed');
  };
  await expect(call()).rejects.toThrow('killed');
  stage.sabotage.before = undefined;
  for (let i = 0; i < 5; i++) {
    await call();
    await stage.clock.advanceTo(stage.clock.now() + 1_000, async () => {});
  }
  expect(await state()).toMatchObject({ status: 'done', looked: 10, entered: 10 });
  expect(await runs(made)).toEqual(made.map(() => 1));
});
