import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hearRejection } from '#functions/feedback/hear-message';
import { AwsError } from '#infra/local/aws-error';
import { LostConnection } from '#infra/local/wire/lost-connection';
import { readCaps } from '#store/sends/sends';
import { openStage, type Stage } from '#test/builders/journey-stage';
import { email, journeyOf, pause } from '#test/builders/journeys';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

/** SES refuses so many mails, then takes all. */
const refuse = (count: number, message = 'Maximum sending rate exceeded.') => {
  let left = count;
  stage.sabotage.before = (service, operation) => {
    if (service === 'ses' && operation === 'SendRawEmail' && left-- > 0)
      throw new AwsError('Throttling', message, {}, 400);
  };
};

const oneADay = { sending: { cap: { email: { atMost: 1, per: '1 day' } } } };
const fates = async (contact: Parameters<Stage['items']>[0]) =>
  (await stage.items(contact)).sends.map(({ step, status, reason }) => `${step} ${reason ?? status}`).sort();

describe('a mail that SES refused and the step tries again', () => {
  it.each(['Maximum sending rate exceeded.', 'Daily message quota exceeded.'])(
    'is not in the way of itself under a cap: %s',
    async (message) => {
      refuse(3, message);
      const ada = await stage.enter([email('hello')], oneADay);
      await stage.advance('2 hours');
      expect(await fates(ada)).toEqual(['hello sent']);
    },
  );

  it('counts once for the cap, from its last attempt', async () => {
    refuse(3);
    const ada = await stage.enter([email('hello')], oneADay);
    await stage.advance('2 hours');
    const { sentAt } = await readCaps(stage.store, ada.id);
    expect(sentAt.email).toEqual([Date.parse((await stage.items(ada)).sends[0]!.at)]);
    expect(stage.outbox()).toMatchObject([{ at: (await stage.items(ada)).sends[0]!.at }]);
  });

  it('leaves the rest of the cap to others', async () => {
    refuse(3);
    const ada = await stage.enter([email('hello'), email('more'), email('much')], {
      sending: { cap: { email: { atMost: 2, per: '1 day' } } },
    });
    await stage.advance('2 hours');
    expect(await fates(ada)).toEqual(['hello sent', 'more sent', 'much cap']);
  });

  it('is skipped by the cap when another mail used it meanwhile', async () => {
    await stage.publish(journeyOf([email('other')], { id: 'other', enter: { on: [{ event: 'Asked' }] } }));
    refuse(1);
    await stage.publish(journeyOf([email('hello')], oneADay));
    const ada = await stage.contact();
    await stage.event(ada);
    await stage.event(ada, { name: 'Asked' });
    await stage.advance('2 hours');
    expect(await fates(ada)).toEqual(['hello cap', 'other sent']);
  });
});

describe('the cap', () => {
  const twoMails = [email('hello'), email('more')];
  const failWith = (error: Error) => {
    let left = 1;
    stage.sabotage.before = (service, operation) => {
      if (service === 'ses' && operation === 'SendRawEmail' && left-- > 0) throw error;
    };
  };

  it('is not used by a mail that SES refused for good', async () => {
    failWith(new AwsError('MessageRejected', 'Email address is not verified.', {}, 400));
    const ada = await stage.enter(twoMails, oneADay);
    expect(await fates(ada)).toEqual(['hello message-rejected', 'more sent']);
  });

  it('is used by a mail of which nobody knows whether SES took it', async () => {
    failWith(new LostConnection());
    const ada = await stage.enter(twoMails, oneADay);
    expect(await fates(ada)).toEqual(['hello econnreset', 'more cap']);
  });

  it('is not used by a mail that SES took and then would not send', async () => {
    await stage.publish(journeyOf([email('hello'), pause('a-while', '1 hour'), email('more')], oneADay));
    const ada = await stage.contact();
    await stage.event(ada);
    await stage.settle();
    const [{ id, providerId } = { id: '' }] = (await stage.items(ada)).sends;
    await hearRejection(stage.store, { sendId: id, ...(providerId && { providerId }) });
    await stage.advance('2 hours');
    expect(await fates(ada)).toEqual(['hello rejected', 'more sent']);
  });
});
