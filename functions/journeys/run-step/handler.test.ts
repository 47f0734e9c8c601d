import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyNow } from '#functions/contacts/changing/apply';
import { AwsError } from '#infra/local/aws-error';
import type { Step } from '#statemachines/document/schema';
import { suppressAddress } from '#store/contacts/suppressions';
import { openStage, type Stage } from '#test/builders/journey-stage';
import { decide, email, journeyOf, pause } from '#test/builders/journeys';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const unsubscribe = async (ada: { id: string }) => {
  const at = new Date(stage.clock.now()).toISOString();
  await applyNow(stage.store, {
    ...{
      id: 'bye',
      contact: ada.id,
      type: 'message',
      name: 'Unsubscribed',
      at,
      happenedAt: at,
      properties: {},
    },
    consent: [{ channel: 'email', given: false, source: 'unsubscribe' }],
    ...{ depth: 0, state: 'accepted' },
  });
};

/** Lets the first call that fits fall, before or after it is done. */
const failOnce = (
  when: 'before' | 'after',
  fits: (operation: string, input: string) => boolean,
  error: Error,
) => {
  let hasFailed = false;
  stage.sabotage[when] = (_service, operation, input) => {
    if (hasFailed || !fits(operation, JSON.stringify(input))) return;
    hasFailed = true;
    throw error;
  };
};

describe('a mail and the wait after it', () => {
  it('is sent once, waits, and the run completes', async () => {
    const ada = await stage.enter([email('first'), pause('two-days'), email('second')]);
    expect(stage.outbox()).toHaveLength(1);
    await stage.advance('2 days');
    expect(stage.outbox().map(({ to }) => to)).toEqual([[ada.fields.email], [ada.fields.email]]);
    const { runs, sends, steps } = await stage.items(ada);
    expect(runs).toMatchObject([{ status: 'ended', ended: { how: 'completed' } }]);
    expect(sends.map(({ status }) => status)).toEqual(['sent', 'sent']);
    expect(steps).toMatchObject([{ step: 'two-days', outcome: 'done', endedAt: '2026-03-04T10:00:00.000Z' }]);
  });

  it('asks the table three times for both: the wait begins with the claim', async () => {
    await stage.publish(journeyOf([email('first'), pause('two-days')]));
    const ada = await stage.contact();
    await stage.event(ada);
    const asked: string[] = [];
    stage.sabotage.before = (service, operation, input) => {
      const isOurs = service === 'dynamodb' && /"(?:T|M|R)#/.test(JSON.stringify(input));
      if (isOurs && !JSON.stringify(input).includes('"J#')) asked.push(operation);
    };
    await stage.settle();
    const activate = 'UpdateItem';
    expect(asked.sort()).toEqual([activate, 'BatchGetItem', 'TransactWriteItems', 'UpdateItem'].sort());
    expect((await stage.items(ada)).runs).toMatchObject([{ wait: { step: 'two-days', kind: 'wait' } }]);
  });

  it('is skipped, never blank, when a variable is missing, and tells which', async () => {
    const ada = await stage.enter([email('first')], {}, { fields: { email: 'a@example.com' } });
    expect(stage.outbox()).toEqual([]);
    expect((await stage.items(ada)).sends).toMatchObject([
      { status: 'skipped', reason: 'missing-variable', missing: 'contact.firstName' },
    ]);
  });

  it('is skipped without consent', async () => {
    const ada = await stage.enter([email('first')], {}, { consent: {} });
    expect((await stage.items(ada)).sends).toMatchObject([{ status: 'skipped', reason: 'no-consent' }]);
  });

  it('is skipped when its own condition is not met, and the wait after it still waits', async () => {
    const ada = await stage.enter([email('first', { if: { tag: 'vip' } }), pause('a-day', '1 day')]);
    const { steps, runs } = await stage.items(ada);
    expect(steps).toMatchObject([
      { step: 'a-day', outcome: 'waiting' },
      { step: 'first', outcome: 'skipped' },
    ]);
    expect(runs).toMatchObject([{ status: 'active', wait: { step: 'a-day', kind: 'wait' } }]);
  });

  it('goes on at once from a wait whose own condition is not met', async () => {
    const ada = await stage.enter([pause('a-day', '1 day', { if: { tag: 'vip' } }), email('first')]);
    expect(stage.outbox()).toHaveLength(1);
    expect((await stage.items(ada)).steps).toMatchObject([{ step: 'a-day', outcome: 'skipped' }]);
  });

  it('keeps to the cap, counted over all journeys', async () => {
    const cap = { sending: { cap: { email: { atMost: 1, per: '7 days' } } } };
    await stage.publish(journeyOf([email('other')], { id: 'other-journey', ...cap }));
    const ada = await stage.enter(
      [pause('a-day', '1 day'), email('first'), pause('a-week', '1 week'), email('later')],
      cap,
    );
    await stage.advance('9 days');
    const { sends } = await stage.items(ada);
    expect(Object.fromEntries(sends.map(({ step, status, reason }) => [step, reason ?? status]))).toEqual({
      other: 'sent',
      first: 'cap',
      later: 'sent',
    });
  });
});

describe('the claim', () => {
  it('is refused after an unsubscribe was committed, however late it came', async () => {
    await stage.publish(journeyOf([email('first')]));
    const ada = await stage.contact();
    await stage.event(ada);
    stage.sabotage.before = async (service, operation, input) => {
      if (
        service !== 'dynamodb' ||
        operation !== 'TransactWriteItems' ||
        !JSON.stringify(input).includes('GATE#')
      )
        return;
      stage.sabotage.before = undefined;
      await unsubscribe(ada);
    };
    await stage.settle();
    expect(stage.outbox()).toEqual([]);
    const { sends } = await stage.items(ada);
    expect(sends).toMatchObject([{ status: 'skipped', reason: 'suppressed' }]);
  });

  it('is refused when somebody else with the same address complained', async () => {
    await stage.publish(journeyOf([email('first')]));
    const ada = await stage.contact();
    const address = { channel: 'email', address: String(ada.fields.email) };
    await suppressAddress(stage.store, address, { reason: 'complaint', at: '2026-01-01T00:00:00.000Z' });
    await stage.event(ada);
    await stage.settle();
    expect(stage.outbox()).toEqual([]);
    expect((await stage.items(ada)).sends).toMatchObject([{ status: 'skipped', reason: 'suppressed' }]);
  });

  it('is refused when the address is another one by now, and looks again', async () => {
    await stage.publish(journeyOf([email('first')]));
    const ada = await stage.contact();
    await stage.event(ada);
    stage.sabotage.before = async (_service, operation, input) => {
      if (operation !== 'TransactWriteItems' || !JSON.stringify(input).includes('GATE#')) return;
      stage.sabotage.before = undefined;
      await stage.store.main.update(
        { pk: `C#${ada.id}`, sk: 'PROFILE' },
        {
          update: 'SET #fields.#email = :new',
          names: { '#fields': 'fields', '#email': 'email' },
          values: { ':new': 'new@example.com' },
        },
      );
    };
    await stage.settle();
    expect(stage.outbox().map(({ to }) => to)).toEqual([['new@example.com']]);
  });

  it('of a function that fell before it called is never called again', async () => {
    failOnce(
      'after',
      (operation, input) => operation === 'TransactWriteItems' && input.includes('"M#'),
      new Error('fell'),
    );
    const ada = await stage.enter([email('first'), pause('a-day', '1 day'), email('second')]);
    await stage.advance('2 days');
    expect(stage.outbox()).toHaveLength(1);
    const { sends, runs, steps } = await stage.items(ada);
    const waited = { at: '2026-03-02T10:00:00.000Z', endedAt: '2026-03-03T10:00:00.000Z' };
    expect(steps).toMatchObject([{ step: 'a-day', outcome: 'done', ...waited }]);
    expect(sends.find(({ step }) => step === 'first')).toMatchObject({
      status: 'indeterminate',
      reason: 'unknown-outcome',
    });
    expect(stage.log).toContainEqual(
      expect.objectContaining({ level: 'error', event: 'send-indeterminate' }),
    );
    expect(runs).toMatchObject([{ status: 'ended' }]);
  });

  it('of a function that fell after the call is not sent a second time', async () => {
    failOnce(
      'before',
      (operation, input) => operation === 'UpdateItem' && input.includes('providerId'),
      new Error('fell'),
    );
    const ada = await stage.enter([email('first')]);
    await stage.advance('1 hour');
    expect(stage.outbox()).toHaveLength(1);
    expect((await stage.items(ada)).sends).toMatchObject([{ status: 'indeterminate' }]);
  });

  it('of a function that fell after it had stored the wait leaves that wait alone', async () => {
    failOnce(
      'after',
      (operation, input) => operation === 'UpdateItem' && input.includes('a-day'),
      new Error('fell'),
    );
    const asksFirst = pause('a-day', '1 day', { if: { not: { tag: 'vip' } } });
    const ada = await stage.enter([email('first'), asksFirst, email('second')]);
    await stage.advance('1 minute');
    const { runs, steps, sends } = await stage.items(ada);
    expect(steps).toMatchObject([{ step: 'a-day', outcome: 'waiting', at: '2026-03-02T10:00:00.000Z' }]);
    expect(runs).toMatchObject([{ status: 'active', wait: { step: 'a-day' } }]);
    expect(sends).toMatchObject([{ step: 'first', status: 'sent' }]);
    await stage.advance('1 day');
    expect(stage.outbox()).toHaveLength(2);
  });

  it('is claimed again when the provider surely did not accept', async () => {
    failOnce(
      'before',
      (operation) => operation === 'SendRawEmail',
      new AwsError('Throttling', 'Maximum sending rate exceeded.', {}, 400),
    );
    const ada = await stage.enter([email('first')]);
    expect(stage.outbox()).toEqual([]);
    expect((await stage.items(ada)).runs).toMatchObject([{ wait: { kind: 'hold', reason: 'throttled' } }]);
    await stage.advance('1 minute');
    expect(stage.outbox()).toHaveLength(1);
    expect((await stage.items(ada)).sends).toMatchObject([{ status: 'sent', attempts: 2 }]);
  });

  it('of a message that is tried again later begins no wait until then', async () => {
    failOnce(
      'before',
      (operation) => operation === 'SendRawEmail',
      new AwsError('Throttling', 'Maximum sending rate exceeded.', {}, 400),
    );
    const ada = await stage.enter([pause('hour', '1 hour'), email('first'), pause('a-day', '1 day')]);
    await stage.advance('1 hour');
    const held = await stage.items(ada);
    expect(held.runs).toMatchObject([{ wait: { step: 'first', kind: 'hold' } }]);
    expect(held.steps).toMatchObject([
      { step: 'a-day', outcome: 'done', reason: 'throttled' },
      { step: 'hour', outcome: 'done', endedAt: '2026-03-02T11:00:00.000Z' },
    ]);
    await stage.advance('1 minute');
    const { runs, steps } = await stage.items(ada);
    const wait = runs[0]?.wait;
    expect(wait).toMatchObject({ step: 'a-day', kind: 'wait' });
    expect(Date.parse(wait!.until) - Date.parse(wait!.since)).toBe(86_400_000);
    expect(steps[0]).toMatchObject({ outcome: 'waiting', at: wait?.since });
    expect(steps[0]).not.toHaveProperty('reason');
    expect(stage.outbox()).toHaveLength(1);
  });

  it('is final when the provider refuses for good, and the run goes on', async () => {
    failOnce(
      'before',
      (operation) => operation === 'SendRawEmail',
      new AwsError('MessageRejected', 'Email address is not verified.', {}, 400),
    );
    const ada = await stage.enter([email('first'), email('second')]);
    const { sends } = await stage.items(ada);
    expect(sends.find(({ step }) => step === 'first')).toMatchObject({
      status: 'failed',
      reason: 'message-rejected',
    });
    expect(stage.outbox()).toHaveLength(1);
  });
});

describe('quiet hours', () => {
  const night = { sending: { quietHours: { from: '21:00', to: '08:00' } as const } };

  it('hold the message until they are over in the zone of the contact', async () => {
    stage.close();
    stage = await openStage('2026-03-02T20:30:00.000Z');
    const fields = { email: 'a@example.com', firstName: 'Ada', timezone: 'Europe/London' };
    const berlin = await stage.enter([email('first')], night, {
      fields: { ...fields, timezone: 'Europe/Berlin' },
    });
    const london = await stage.contact({ fields });
    await stage.event(london);
    await stage.settle();
    expect(stage.outbox()).toHaveLength(1);
    await stage.advance('11 hours');
    expect((await stage.items(berlin)).sends[0]?.sentAt).toBe('2026-03-03T07:00:00.000Z');
    expect((await stage.items(london)).sends[0]?.sentAt).toBe('2026-03-02T20:30:00.000Z');
  });

  it('skip the message where the author says so', async () => {
    stage.close();
    stage = await openStage('2026-03-02T22:30:00.000Z');
    // biome-ignore lint/suspicious/noThenProperty: the word of the journey language
    const skip = { sending: { quietHours: { from: '21:00', to: '08:00', then: 'skip' } as const } };
    const ada = await stage.enter([email('first')], skip);
    expect((await stage.items(ada)).sends).toMatchObject([{ status: 'skipped', reason: 'quiet-hours' }]);
  });
});

describe('a decision', () => {
  it('answers a repeat as it answered first, whatever the contact is by now', async () => {
    const ada = await stage.enter([decide('vip', [pause('long')], [pause('short')])]);
    const [run] = (await stage.items(ada)).runs;
    await stage.store.main.update(
      { pk: `C#${ada.id}`, sk: 'PROFILE' },
      { update: 'SET #fields.vip = :yes', names: { '#fields': 'fields' }, values: { ':yes': true } },
    );
    expect(await stage.invoke('run-step', { run: run?.id, do: 'vip' })).toEqual({ answer: -1 });
    expect((await stage.items(ada)).steps).toContainEqual(
      expect.objectContaining({ step: 'vip', outcome: 'answered', answer: 'No', branch: -1 }),
    );
  });

  it('answers two functions at the same time alike', async () => {
    const ada = await stage.enter([pause('a-day', '1 day'), decide('vip', [], [])]);
    const [run] = (await stage.items(ada)).runs;
    const call = { run: run?.id, do: 'vip' };
    expect(await Promise.all([stage.invoke('run-step', call), stage.invoke('run-step', call)])).toEqual([
      { answer: -1 },
      { answer: -1 },
    ]);
  });
});

describe('an update', () => {
  const step: Step = { id: 'score', type: 'update', addScore: 20, addTags: ['lead'], stage: 'lead' };

  it('changes the contact once, also when it is done again', async () => {
    const ada = await stage.enter([step, pause('a-day', '1 day')]);
    const [run] = (await stage.items(ada)).runs;
    await stage.invoke('run-step', { run: run?.id, do: 'score' });
    const { profile, events } = await stage.items(ada);
    expect(profile).toMatchObject({ score: 20, tags: ['lead'], stage: 'lead' });
    expect(events.filter(({ type }) => type === 'change')).toMatchObject([
      { depth: 1, change: { tagsAdded: ['lead'] } },
    ]);
  });
});

describe('a run that cannot go on', () => {
  it('fails clearly when its version is broken, and is told to people', async () => {
    const ada = await stage.enter([pause('a-day', '1 day'), email('first')]);
    const [run] = (await stage.items(ada)).runs;
    await expect(stage.invoke('run-step', { run: run?.id, do: 'no-such-step' })).rejects.toThrow(
      'version 1 of journey "a-journey" has no step "no-such-step"',
    );
    stage.sabotage.before = (_service, operation) => {
      if (operation === 'BatchGetItem') throw new AwsError('InternalServerError', 'out of order', {}, 500);
    };
    await stage.advance('4 days');
    expect((await stage.items(ada)).runs).toMatchObject([{ status: 'ended', ended: { how: 'failed' } }]);
    expect(stage.log).toContainEqual(expect.objectContaining({ level: 'error', event: 'run-failed' }));
  });

  it('comes to its quiet end when its contact is gone', async () => {
    const ada = await stage.enter([pause('a-day', '1 day'), email('first')]);
    await stage.store.main.remove({ pk: `C#${ada.id}`, sk: 'PROFILE' });
    await stage.advance('2 days');
    expect((await stage.items(ada)).runs).toMatchObject([{ status: 'ended', ended: { how: 'erased' } }]);
    expect(stage.outbox()).toEqual([]);
  });
});
