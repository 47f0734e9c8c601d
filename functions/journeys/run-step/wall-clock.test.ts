import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Step } from '#statemachines/document/schema';
import { openStage, type Stage } from '#test/builders/journey-stage';
import { email, journeyOf } from '#test/builders/journeys';

let stage: Stage;
beforeEach(async () => {
  // The day before the clocks of Europe are put forward.
  stage = await openStage('2026-03-28T12:00:00.000Z');
});
afterEach(() => stage.close());

const until = (time: string, more: object = {}): Step => ({
  id: 'then',
  type: 'wait',
  until: { time, ...more },
});
const sentAt = async (steps: Step[], fields: object = {}) => {
  await stage.publish(journeyOf(steps, { sending: { class: 'transactional' } }));
  const ada = await stage.contact({ fields: { email: 'a@example.com', firstName: 'Ada', ...fields } });
  await stage.event(ada);
  await stage.settle();
  await stage.advance('10 days');
  expect((await stage.items(ada)).runs).toMatchObject([{ ended: { how: 'completed' } }]);
  return stage.outbox().map(({ at }) => at);
};

it.each([
  ['in its own zone', { timezone: 'Asia/Kathmandu' }, '2026-03-29T03:45:00.000Z'],
  ['in the zone of the client, when it has none', {}, '2026-03-29T07:30:00.000Z'],
  ['in the zone of the client, when it has rubbish', { timezone: 'Mars/Base' }, '2026-03-29T07:30:00.000Z'],
  ['in the zone of the client, when it has an offset', { timezone: '+05:45' }, '2026-03-29T07:30:00.000Z'],
  ['in a zone with a shift of half an hour', { timezone: 'Australia/Lord_Howe' }, '2026-03-28T22:30:00.000Z'],
])('a contact waits %s', async (_, fields, expected) =>
  expect(await sentAt([until('09:30'), email('mail')], fields)).toEqual([expected]),
);

it('waits in the zone that the step names, whatever the contact has', async () =>
  expect(
    await sentAt([until('09:30', { timezone: 'America/New_York' }), email('mail')], {
      timezone: 'Asia/Kolkata',
    }),
  ).toEqual(['2026-03-28T13:30:00.000Z']));

it('a daily loop goes on once a day, also on the day on which the time is left out', async () =>
  expect(
    await sentAt([until('02:30'), email('mail'), { id: 'again', type: 'goto', step: 'then', atMost: 3 }]),
  ).toEqual([
    '2026-03-29T01:30:00.000Z',
    '2026-03-30T00:30:00.000Z',
    '2026-03-31T00:30:00.000Z',
    '2026-04-01T00:30:00.000Z',
  ]));

it('a date counts in the zone of the contact, with calendar days over the change of clocks', async () => {
  const renewal: Step = {
    id: 'then',
    type: 'wait',
    until: { date: 'contact.renewalDate', offset: '-2 days', at: '09:00' },
  };
  expect(
    await sentAt([renewal, email('mail')], { renewalDate: '2026-03-31', timezone: 'Europe/Berlin' }),
  ).toEqual(['2026-03-29T07:00:00.000Z']);
});
