import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Measure } from '#aws/metrics';
import { hearMessage } from '#functions/feedback/hear-message';
import { LostConnection } from '#infra/local/wire/lost-connection';
import { openStage, type Stage } from '#test/builders/journey-stage';
import { email, journeyOf, pause } from '#test/builders/journeys';
import { createHandler } from './handler.ts';
import { record } from './record.ts';

let stage: Stage;
let measured: Parameters<Measure>[];
beforeEach(async () => {
  measured = [];
  const measure: Measure = (...figure) => void measured.push(figure);
  stage = await openStage(undefined, {
    sweep: { record, createHandler: (context) => createHandler({ ...context, measure }) },
  });
  await stage.publish(journeyOf([pause('a-day', '1 day'), email('first')]));
});
afterEach(() => stage.close());

const sweep = () => stage.invoke('sweep', { source: 'schedule' });

describe('the sweep', () => {
  it('hears an event that the stream never brought', async () => {
    const ada = await stage.contact();
    await stage.event(ada);
    stage.undelivered();
    await stage.clock.advanceTo(stage.clock.now() + 180_000, async () => {});
    expect(await sweep()).toMatchObject({ events: 1 });
    expect((await stage.items(ada)).runs).toHaveLength(1);
    expect(await sweep()).toMatchObject({ events: 0 });
  });

  it('leaves alone what is being worked on', async () => {
    const ada = await stage.contact();
    await stage.event(ada);
    expect(await sweep()).toMatchObject({ events: 0 });
  });

  it('starts a run that was entered and never started', async () => {
    const ada = await stage.contact();
    await stage.event(ada);
    stage.sabotage.before = (_service, operation) => {
      if (operation === 'StartExecution') throw new Error('fell');
    };
    await stage.settle();
    stage.sabotage.before = undefined;
    await stage.clock.advanceTo(stage.clock.now() + 180_000, async () => {});
    expect(await sweep()).toMatchObject({ runs: expect.any(Number) });
    await stage.settle();
    expect((await stage.items(ada)).runs).toMatchObject([{ status: 'active', wait: { step: 'a-day' } }]);
  });

  it('calls a claim that nobody settled indeterminate, with an alarm, and sends nothing', async () => {
    const ada = await stage.contact();
    await stage.event(ada);
    await stage.settle();
    // The function falls after its claim, and the machine with it: nobody comes back.
    stage.sabotage.after = (_service, operation, input) => {
      if (operation !== 'TransactWriteItems' || !JSON.stringify(input).includes('"M#')) return;
      stage.sabotage.after = undefined;
      stage.sabotage.before = (_s, name) => {
        if (name === 'BatchGetItem') throw new Error('fell');
      };
      throw new Error('fell');
    };
    await stage.clock.advanceTo(stage.clock.now() + 86_400_000, stage.settle);
    await stage.clock.advanceTo(stage.clock.now() + 1_200_000, stage.settle);
    stage.sabotage.before = undefined;
    expect((await stage.items(ada)).sends).toMatchObject([{ status: 'claimed' }]);
    expect(await sweep()).toMatchObject({ claims: 1 });
    expect((await stage.items(ada)).sends).toMatchObject([
      { status: 'indeterminate', reason: 'unknown-outcome' },
    ]);
    expect(stage.log).toContainEqual(
      expect.objectContaining({ level: 'error', event: 'send-indeterminate' }),
    );
    expect(stage.outbox()).toEqual([]);
  });

  it('tells at each round how many are open, also when none is any more', async () => {
    const ada = await stage.contact();
    stage.sabotage.before = (service) => {
      if (service === 'ses') throw new LostConnection();
    };
    await stage.event(ada);
    await stage.advance('1 day');
    const [send] = (await stage.items(ada)).sends;
    expect(send?.status).toBe('indeterminate');
    await stage.advance('20 minutes');
    for (let round = 0; round < 2; round++) await sweep();
    await hearMessage(stage.store, { sendId: send!.id, was: 'sent', happenedAt: send!.at });
    await sweep();
    expect(measured).toEqual([1, 1, 0].map((count) => ['SendsOpen', count]));
  });

  it('gives an event that cannot be heard for a day to a person, and goes on with the others', async () => {
    const [ada, bob] = [await stage.contact(), await stage.contact()];
    for (const contact of [ada, bob]) await stage.event(contact);
    stage.undelivered();
    await stage.clock.advanceTo(stage.clock.now() + 25 * 3_600_000, async () => {});
    stage.sabotage.before = (_service, operation, input) => {
      const about = JSON.stringify(input);
      if (operation === 'Query' && about.includes('J#') && about.includes(ada.id)) throw new Error('poison');
    };
    await sweep();
    expect((await stage.items(ada)).events).toMatchObject([{ state: 'quarantined' }]);
    expect((await stage.items(bob)).events).toMatchObject([{ state: 'heard' }]);
    expect(stage.log).toContainEqual(expect.objectContaining({ level: 'error', event: 'event-quarantined' }));
  });
});
