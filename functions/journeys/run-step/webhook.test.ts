import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answered } from '#infra/local/played-web';
import type { Step } from '#statemachines/document/schema';
import { setGateWrites } from '#store/runs/gates';
import { transact } from '#store/table';
import { openStage, type Stage } from '#test/builders/journey-stage';
import { email, journeyOf, pause } from '#test/builders/journeys';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const call = (members: object = {}): Step =>
  ({
    id: 'score',
    type: 'webhook',
    url: 'https://api.example.com/scores',
    ...members,
  }) as Step;

describe('a webhook', () => {
  it('is called with the body rendered as data, and the key that a repeat is known by', async () => {
    const ada = await stage.enter(
      [call({ headers: { 'X-Key': 'k' }, body: { who: '{{ contact.firstName }}', n: 1 } })],
      {},
      { fields: { firstName: '"}, {"admin": "' } },
    );
    const { steps } = await stage.items(ada);
    expect(stage.web.calls).toHaveLength(1);
    expect(stage.web.calls[0]).toMatchObject({
      ...{ url: 'https://api.example.com/scores', method: 'POST' },
      headers: {
        'x-key': 'k',
        'content-type': 'application/json',
        'idempotency-key': expect.stringMatching(/^.{41}$/),
      },
    });
    expect(JSON.parse(stage.web.calls[0]!.body!)).toEqual({ who: '"}, {"admin": "', n: 1 });
    expect(steps).toMatchObject([{ step: 'score', outcome: 'done', status: 200, attempts: 1 }]);
  });

  it('gives its answer to later conditions and texts', async () => {
    stage.web.answer(() => answered(200, { level: 7, name: 'gold' }));
    const ada = await stage.enter([
      call({ saveAs: 'score' }),
      email('high', {
        if: { results: 'score.level', above: 5 },
        subject: 'You are {{ results.score.name }}',
      }),
    ]);
    const { runs, sends } = await stage.items(ada);
    expect(sends.map(({ subject }) => subject)).toEqual(['You are gold']);
    expect(runs[0]?.results).toEqual({ score: { level: 7, name: 'gold' } });
  });

  it('gives a date to the wait that follows it', async () => {
    stage.web.answer(() => answered(200, { at: '2026-03-05T12:00:00Z' }));
    const ada = await stage.enter([
      call({ saveAs: 'slot' }),
      { id: 'then', type: 'wait', until: { date: 'results.slot.at' } },
    ]);
    expect((await stage.items(ada)).runs[0]?.wait).toMatchObject({
      step: 'then',
      until: '2026-03-05T12:00:00.000Z',
    });
  });

  it('is tried again with the same key until somebody answers', async () => {
    let left = 2;
    stage.web.answer(() => (left-- > 0 ? answered(503, 'busy') : answered(200, {})));
    const ada = await stage.enter([call({ saveAs: 'x' }), email('after')]);
    await stage.advance('1 day');
    expect(new Set(stage.web.calls.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect(stage.web.calls).toHaveLength(3);
    expect((await stage.items(ada)).steps).toMatchObject([{ outcome: 'done', attempts: 3 }]);
    expect(stage.outbox()).toHaveLength(1);
  });

  it('fails after six tries, and the run goes on', async () => {
    stage.web.answer(() => ({ kind: 'failed', reason: 'timeout' }));
    const ada = await stage.enter([call(), email('after')]);
    await stage.advance('1 day');
    const { steps, runs } = await stage.items(ada);
    expect(stage.web.calls).toHaveLength(6);
    expect(steps).toMatchObject([{ outcome: 'failed', reason: 'timeout', attempts: 6 }]);
    expect(steps[0]).not.toHaveProperty('again');
    expect(runs).toMatchObject([{ ended: { how: 'completed' } }]);
  });

  it.each([
    ['answered-404', () => answered(404, {})],
    ['private-address', () => ({ kind: 'refused', reason: 'private-address' }) as const],
    ['answer-not-json', () => answered(200, '<html>')],
    ['answer-number-out-of-range', () => answered(200, '{"n":1e200}')],
  ])('fails at once: %s', async (reason, by) => {
    stage.web.answer(by);
    const ada = await stage.enter([call({ saveAs: 'x' }), email('after')]);
    const { steps, runs } = await stage.items(ada);
    expect(steps).toMatchObject([{ outcome: 'failed', reason }]);
    expect(stage.web.calls).toHaveLength(1);
    expect(runs[0]).toMatchObject({ results: {}, ended: { how: 'completed' } });
  });

  it('is not called for half a body', async () => {
    const ada = await stage.enter([call({ body: { plan: '{{ contact.plan }}' } })]);
    expect(stage.web.calls).toEqual([]);
    expect((await stage.items(ada)).steps).toMatchObject([
      { outcome: 'skipped', reason: 'missing-variable' },
    ]);
  });

  it('keeps the first answer when its machine asks twice', async () => {
    let n = 0;
    stage.web.answer(() => answered(200, { n: ++n }));
    const ada = await stage.enter([call({ saveAs: 'x' }), pause('a-day', '1 day')]);
    const run = (await stage.items(ada)).runs[0]!.id;
    await Promise.all([1, 2].map(() => stage.invoke('run-step', { run, do: 'score' })));
    expect((await stage.items(ada)).runs[0]?.results).toEqual({ x: { n: 1 } });
    expect(stage.web.calls).toHaveLength(1);
  });

  it('is called again, with the same key, when the function fell before the answer was written', async () => {
    let hasFailed = false;
    stage.sabotage.before = (_service, operation, input) => {
      if (hasFailed || operation !== 'TransactWriteItems' || !JSON.stringify(input).includes('SET results.'))
        return;
      hasFailed = true;
      throw new Error('gone');
    };
    const ada = await stage.enter([call({ saveAs: 'x' })]);
    await stage.advance('1 hour');
    expect(stage.web.calls).toHaveLength(2);
    expect((await stage.items(ada)).runs).toMatchObject([
      { results: { x: {} }, ended: { how: 'completed' } },
    ]);
  });

  it('waits while the journey is paused', async () => {
    await stage.publish(journeyOf([call()]));
    await transact(stage.store.dynamodb, setGateWrites(stage.store, 'a-journey', 'paused'));
    const ada = await stage.contact();
    await stage.event(ada);
    await stage.settle();
    expect(stage.web.calls).toEqual([]);
    expect((await stage.items(ada)).runs).toMatchObject([{ wait: { kind: 'hold', reason: 'paused' } }]);
  });
});
