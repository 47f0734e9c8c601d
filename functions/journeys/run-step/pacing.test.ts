import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AwsError } from '#infra/local/aws-error';
import { openStage, type Stage } from '#test/builders/journey-stage';
import { email, journeyOf } from '#test/builders/journeys';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
  const on = [{ event: 'Signed Up' }, { manual: true as const }];
  await stage.publish(journeyOf([email('first')], { enter: { on } }));
});
afterEach(() => stage.close());

/** SES as the account has it: 14 a second, and what is more is refused. */
const throttle = ({ quotaAnswersAfterMs = 0 } = {}) => {
  const answersFrom = stage.clock.now() + quotaAnswersAfterMs;
  const taken = new Map<number, number>();
  let refused = 0;
  stage.sabotage.before = (service, operation) => {
    if (operation === 'GetSendQuota' && stage.clock.now() < answersFrom)
      throw new AwsError('Throttling', 'Rate exceeded');
    if (service !== 'ses' || operation !== 'SendRawEmail') return;
    const second = Math.floor(stage.clock.now() / 1000);
    const count = (taken.get(second) ?? 0) + 1;
    if (count > 14) {
      refused++;
      throw new AwsError('Throttling', 'Maximum sending rate exceeded.');
    }
    taken.set(second, count);
  };
  return { refused: () => refused };
};

const blast = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) {
    const contact = await stage.contact();
    await stage.event(contact, { id: `enroll-${i}`, type: 'manual', name: 'a-journey' });
  }
};

describe('more mails than the account may send in a second', () => {
  it('go out at its rate, without a run that fails', async () => {
    const { refused } = throttle();
    await blast(150);
    await stage.settle();
    await stage.advance('1 minute');
    expect(stage.outbox()).toHaveLength(150);
    const sends = stage.log.filter(({ event }) => event.startsWith('send-'));
    expect(sends.filter(({ fields }) => fields?.reason !== 'throttled')).toEqual([]);
    // Those that came before SES said no, and hardly any after.
    expect(refused()).toBeLessThan(150);
    const seconds = Map.groupBy(stage.outbox(), ({ at }) => at.slice(0, 19));
    expect(Math.max(...[...seconds.values()].map((mails) => mails.length))).toBeLessThanOrEqual(14);
  });

  it('are not slowed down for long by a rate that SES did not tell at once', async () => {
    throttle({ quotaAnswersAfterMs: 900 });
    await blast(150);
    await stage.settle();
    await stage.advance('2 minutes');
    expect(stage.outbox()).toHaveLength(150);
    const told = stage.log.filter(({ event }) => event === 'mail-throttled');
    expect(new Set(told.map(({ fields }) => fields?.quota))).toEqual(new Set([14]));
  });

  it('do not keep the first mail of a lead', async () => {
    throttle();
    await blast(150);
    await stage.settle();
    await stage.advance('3 seconds');
    expect(stage.outbox().length).toBeLessThan(100);
    const lead = await stage.contact();
    const came = stage.clock.now();
    await stage.event(lead);
    await stage.settle();
    await stage.advance('5 seconds');
    const mail = stage.outbox().find(({ to }) => to.includes(String(lead.fields.email)));
    expect(Date.parse(mail?.at ?? '')).toBeLessThanOrEqual(came + 4_000);
    expect(stage.outbox().length).toBeLessThan(150);
  });

  it('cost nothing more once nobody waits', async () => {
    throttle();
    await blast(20);
    await stage.settle();
    await stage.advance('10 minutes');
    let paced = 0;
    stage.sabotage.before = (_service, operation, input) => {
      if (operation === 'UpdateItem' && JSON.stringify(input).includes('PACE#')) paced++;
    };
    await blast(0);
    await stage.event(await stage.contact());
    await stage.settle();
    expect(stage.outbox()).toHaveLength(21);
    expect(paced).toBe(0);
  });
});
