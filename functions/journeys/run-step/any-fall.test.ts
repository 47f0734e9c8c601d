import { afterEach, expect, it } from 'vitest';
import { createHandler as sweep } from '#functions/journeys/sweep/handler';
import { record as sweepRecord } from '#functions/journeys/sweep/record';
import { answered } from '#infra/local/played-web';
import type { Step } from '#statemachines/document/schema';
import { openStage, type Stage } from '#test/builders/journey-stage';
import { email, journeyOf, pause } from '#test/builders/journeys';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

let stage: Stage;
afterEach(() => stage.close());

/** A loop that goes on in a new execution in its second round, with one of each step that causes something. */
const steps: Step[] = [
  { id: 'score', type: 'webhook', url: 'https://api.example.com/score', saveAs: 'score' },
  email('mail', { if: { results: 'score.level', above: 5 } }),
  { id: 'tell', type: 'emit', event: 'Level Reached' },
  { id: 'hand', type: 'enroll', journey: 'other' },
  { id: 'tag', type: 'update', addScore: 1 },
  pause('a-day', '1 day'),
  { id: 'again', type: 'goto', step: 'score', atMost: 2 },
  email('last'),
];

/** A read that falls changes nothing. */
const writes = new Set(['TransactWriteItems', 'PutItem', 'UpdateItem', 'StartExecution']);

interface Fall {
  /** Number of the call that falls. */
  at: number;
  when: 'before' | 'after';
}

const isClaim = (input: unknown): boolean => JSON.stringify(input).includes('"claimed"');

/** The whole life of one run, in which one call to a service falls; the sweep mends what nobody else does. */
const live = async (fall?: Fall) => {
  stage = await openStage(undefined, {
    'run-step': { record, createHandler: (context) => createHandler(context, { events: 400 }) },
    sweep: { record: sweepRecord, createHandler: sweep },
  });
  stage.web.answer(() => answered(200, { level: 9 }));
  await stage.publish(
    journeyOf([email('hello')], { id: 'other', enter: { on: [{ manual: true }], again: 'always' } }),
  );
  await stage.publish(journeyOf(steps));
  const ada = await stage.contact();
  await stage.event(ada);
  let calls = 0;
  const count = (when: Fall['when']) => (_service: string, operation: string, input: unknown) => {
    // What was claimed for a provider and not heard is never asked again; that is told of elsewhere.
    if (!writes.has(operation) || isClaim(input)) return;
    if (when === 'before') calls++;
    if (calls === fall?.at && when === fall.when) {
      calls++;
      throw Object.assign(new Error('gone'), {
        name: 'InternalServerError',
        $metadata: { httpStatusCode: 500 },
      });
    }
  };
  stage.sabotage.before = count('before');
  stage.sabotage.after = count('after');
  for (let hours = 0; hours < 120; hours += 12) {
    await stage.settle().catch(() => undefined);
    await stage.invoke('sweep', {}).catch(() => undefined);
    await stage.advance('12 hours').catch(() => undefined);
  }
  stage.sabotage.before = stage.sabotage.after = undefined;
  const { runs, events, profile } = await stage.items(ada);
  return {
    calls,
    outcome: {
      mails: stage.outbox().length,
      sends: new Set(stage.outbox().map(({ sendId }) => sendId)).size,
      keys: new Set(stage.web.calls.map(({ headers }) => headers['idempotency-key'])).size,
      emitted: events.filter(({ name }) => name === 'Level Reached').length,
      handed: runs.filter(({ journey }) => journey === 'other').length,
      score: profile.score,
      ends: runs.map(({ status, ended }) => `${status} ${ended?.how}`),
      loops: runs.find(({ journey }) => journey === 'a-journey')?.loops,
      executions: runs.find(({ journey }) => journey === 'a-journey')?.execution?.number,
    },
  };
};

it('comes to the same end wherever one call falls, before or after it was done', async () => {
  const whole = await live();
  expect(whole.outcome).toEqual({
    ...{ mails: 7, sends: 7, keys: 3, emitted: 3, handed: 3, score: 3, loops: { again: 2 }, executions: 2 },
    ends: Array(4).fill('ended completed'),
  });
  stage.close();
  expect(whole.calls).toBeGreaterThan(30);
  for (let at = 1; at <= whole.calls; at += 3)
    for (const when of ['before', 'after'] as const) {
      const { outcome } = await live({ at, when });
      stage.close();
      expect(outcome, `call ${at} fell ${when} it was done`).toEqual(whole.outcome);
    }
}, 120_000);
