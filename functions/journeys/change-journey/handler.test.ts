import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Step } from '#statemachines/document/schema';
import { unsettled } from '#store/keys';
import { openStage, type Stage } from '#test/builders/journey-stage';
import { email, journeyOf, pause } from '#test/builders/journeys';
import { createHandler as sweep } from '../sweep/handler.ts';
import { record as sweepRecord } from '../sweep/record.ts';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage(undefined, {
    'change-journey': { record, createHandler },
    sweep: { record: sweepRecord, createHandler: sweep },
  });
});
afterEach(() => stage.close());

const change = async (word: 'pause' | 'resume' | 'archive', id = 'a-journey') => {
  const answer = await stage.ask('change-journey', { path: `/v1/journeys/${id}/${word}` });
  await stage.settle();
  return answer;
};
const enter = async () => {
  const ada = await stage.contact();
  await stage.event(ada);
  await stage.settle();
  return ada;
};
const steps: Step[] = [pause('a-day', '1 day'), email('first')];
const held = () => stage.store.main.query({ pk: unsettled('paused:a-journey', ''), index: 'unsettled' });

describe('a paused journey', () => {
  it('holds its runs at the first thing they would do, and sends nothing', async () => {
    await stage.publish(journeyOf(steps));
    const ada = await enter();
    expect(await change('pause')).toMatchObject({ status: 200, json: { status: 'paused' } });
    await stage.advance('2 days');
    expect(stage.outbox()).toEqual([]);
    expect((await stage.items(ada)).runs).toMatchObject([
      { status: 'active', wait: { kind: 'hold', reason: 'paused', step: 'first' } },
    ]);
    expect(await held()).toHaveLength(1);
  });

  it('goes on where it was when it is resumed in time', async () => {
    await stage.publish(journeyOf(steps));
    const ada = await enter();
    await change('pause');
    await stage.advance('30 hours');
    expect(await change('resume')).toMatchObject({ status: 200, json: { status: 'live' } });
    expect(stage.outbox()).toHaveLength(1);
    expect((await stage.items(ada)).runs).toMatchObject([{ status: 'ended' }]);
    expect(await held()).toEqual([]);
  });

  it('skips what became stale meanwhile, and the run goes on', async () => {
    const sending = { freshFor: '12 hours' };
    await stage.publish(journeyOf([...steps, pause('then', '1 day'), email('second')], { sending }));
    const ada = await enter();
    await change('pause');
    await stage.advance('2 days');
    await change('resume');
    await stage.advance('2 days');
    const { sends } = await stage.items(ada);
    expect(Object.fromEntries(sends.map(({ step, status, reason }) => [step, reason ?? status]))).toEqual({
      first: 'stale',
      second: 'sent',
    });
  });

  it('holds what changes the contact and what tells colleagues, too', async () => {
    const notify: Step = { id: 'tell', type: 'notify', team: 'sales', text: 'Hello' };
    await stage.publish(journeyOf([{ id: 'tag', type: 'update', addTags: ['x'] }], { id: 'updates' }));
    await stage.publish(journeyOf([notify], { id: 'tells' }));
    await change('pause', 'updates');
    await change('pause', 'tells');
    const ada = await enter();
    expect((await stage.items(ada)).runs.map(({ wait }) => wait?.reason)).toEqual(['paused', 'paused']);
    await change('resume', 'updates');
    await change('resume', 'tells');
    expect((await stage.items(ada)).profile.tags).toEqual(['x']);
    expect(stage.outbox()).toHaveLength(1);
  });

  it('lets no claim commit after the pause did', async () => {
    await stage.publish(journeyOf([email('first')]));
    const ada = await stage.contact();
    await stage.event(ada);
    stage.sabotage.before = async (_service, operation, input) => {
      if (operation !== 'TransactWriteItems' || !JSON.stringify(input).includes('"M#')) return;
      stage.sabotage.before = undefined;
      await stage.ask('change-journey', { path: '/v1/journeys/a-journey/pause' });
    };
    await stage.settle();
    expect(stage.outbox()).toEqual([]);
    expect((await stage.items(ada)).runs).toMatchObject([{ wait: { reason: 'paused' } }]);
  });

  it('does not forget a run whose hold was stored after the resume', async () => {
    await stage.publish(journeyOf([email('first')]));
    await change('pause');
    const ada = await stage.contact();
    await stage.event(ada);
    stage.sabotage.before = async (_service, operation, input) => {
      if (operation !== 'UpdateItem' || !JSON.stringify(input).includes('"hold"')) return;
      stage.sabotage.before = undefined;
      await stage.ask('change-journey', { path: '/v1/journeys/a-journey/resume' });
    };
    await stage.settle();
    expect(stage.outbox()).toHaveLength(1);
    expect((await stage.items(ada)).runs).toMatchObject([{ status: 'ended' }]);
  });

  it('is swept up where the resume did not reach all', async () => {
    await stage.publish(journeyOf([email('first')]));
    await change('pause');
    await enter();
    stage.sabotage.before = (_service, operation) => {
      if (operation === 'SendTaskSuccess') throw new Error('fell');
    };
    expect((await change('resume')).status).toBe(500);
    stage.sabotage.before = undefined;
    expect(stage.outbox()).toEqual([]);
    await stage.invoke('sweep', {});
    await stage.settle();
    expect(stage.outbox()).toHaveLength(1);
  });
});

describe('changing a journey', () => {
  it('may be said twice', async () => {
    await stage.publish(journeyOf(steps));
    await change('pause');
    expect(await change('pause')).toMatchObject({ status: 200, json: { status: 'paused' } });
  });

  it('refuses to pause what was never published, and says which journey is not there', async () => {
    expect(await change('pause')).toMatchObject({
      status: 404,
      json: { code: 'unknown-journey', detail: 'There is no journey "a-journey".' },
    });
    await stage.publish(journeyOf(steps));
    await change('archive');
    expect(await change('resume')).toMatchObject({
      status: 409,
      json: { code: 'wrong-state', detail: expect.stringContaining('Publish it again') },
    });
  });

  it('to archived lets nobody enter and runs finish', async () => {
    await stage.publish(journeyOf(steps));
    const ada = await enter();
    await change('archive');
    const bob = await enter();
    await stage.advance('2 days');
    expect((await stage.items(ada)).runs).toMatchObject([{ ended: { how: 'completed' } }]);
    expect((await stage.items(bob)).runs).toEqual([]);
    expect(stage.outbox()).toHaveLength(1);
  });

  it('is refused without a token', async () => {
    const event = { path: '/v1/journeys/a-journey/pause', headers: { authorization: '' } };
    expect((await stage.ask('change-journey', event)).status).toBe(401);
  });
});
