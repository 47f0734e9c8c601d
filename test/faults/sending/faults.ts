import { changeConsent } from '#functions/messages/change-consent';
import { AwsError } from '#infra/local/aws-error';
import { LostConnection } from '#infra/local/wire/lost-connection';
import { commitsIn } from './commits.ts';
import type { Call, Fault, Life } from './life.ts';

const any = (): boolean => true;

const minute = 60_000;
const hour = 60 * minute;

const isProvider = ({ service, operation }: Call): boolean =>
  (service === 'ses' && operation === 'SendRawEmail') || (service === 'sns' && operation === 'Publish');
const isClaim = ({ operation, input }: Call): boolean =>
  commitsIn(operation, input).some(({ kind }) => kind === 'claim');
const writes = new Set(['TransactWriteItems', 'PutItem', 'UpdateItem', 'DeleteItem']);
const isWrite = ({ operation }: Call): boolean => writes.has(operation);
const settlesToken = ({ operation }: Call): boolean => operation.startsWith('SendTask');

type Does = (life: Life, call: Call) => unknown;

/** Once, at the n-th request that fits. */
const nth =
  (when: 'before' | 'after', most: number, fits: (call: Call) => boolean, does: Does): Fault =>
  (life) => {
    const strike = life.striking();
    let left = life.dice.between(1, most);
    life[when](async (call) => {
      if (!fits(call) || --left !== 0) return;
      strike();
      await does(life, call);
    });
  };

/** At each request that fits, with this chance. */
const often =
  (when: 'before' | 'after', share: number, fits: (call: Call) => boolean, does: Does): Fault =>
  (life) => {
    const strike = life.striking();
    life[when](async (call) => {
      if (!fits(call) || life.dice.chance() >= share) return;
      strike();
      await does(life, call);
    });
  };

/** For some hours, from some hour on. */
const during =
  (hours: [number, number], fits: (call: Call) => boolean, does: Does): Fault =>
  (life) => {
    const strike = life.striking();
    const from = life.stage.clock.now() + life.dice.between(0, 10) * hour;
    const to = from + life.dice.between(...hours) * hour;
    life.before(async (call) => {
      const now = life.stage.clock.now();
      if (!fits(call) || now < from || now >= to) return;
      strike();
      await does(life, call);
    });
  };

const both =
  (...faults: Fault[]): Fault =>
  (life) => {
    for (const fault of faults) fault(life);
  };

const refuses =
  (name: string, message: string, status = 400): Does =>
  () => {
    throw new AwsError(name, message, {}, status);
  };

/** Any request of one of our functions: first which function, as one of them asks far more than all others. */
const anyRequest = ({ usual, dice }: Life): { most: number; fits: (call: Call) => boolean } => {
  const name = dice.pick(Object.keys(usual));
  return { most: usual[name]!, fits: ({ by }) => by === name };
};

/** Before or after any request; every other time one that claims. */
const atAnyInstant =
  (does: (life: Life) => Promise<unknown>, isReady: (life: Life) => boolean = any): Fault =>
  (life) => {
    const when = life.dice.pick(['before', 'after'] as const);
    const act = (): Promise<unknown> => life.aside(() => does(life));
    const { most, fits } = life.dice.chance() < 0.5 ? { most: 5, fits: isClaim } : anyRequest(life);
    nth(when, most, (call) => isReady(life) && fits(call), act)(life);
  };

const shuffled = <T>(items: readonly T[], { dice }: Life): T[] =>
  items
    .map((item) => ({ item, by: dice.chance() }))
    .sort((a, b) => a.by - b.by)
    .map(({ item }) => item);

/** Strikes where what comes is not what was there. */
const streamed =
  (change: (records: unknown[], life: Life) => unknown[][]): Fault =>
  (life) => {
    const strike = life.striking();
    life.stream = (records) => {
      const changed = change(records, life);
      if (records.length > 0 && (changed.length !== 1 || changed[0]!.length !== records.length)) strike();
      return changed;
    };
  };

const told =
  (times: number): Fault =>
  (life) => {
    const strike = life.striking();
    life.told = () => {
      strike();
      return times;
    };
  };

const unsubscribe = ({ stage, contact }: Life): Promise<void> => {
  const facts = { sendId: `${contact.id}-${contact.id}`, channel: 'email', madeAt: stage.clock.now() };
  const word = { channel: 'email', given: false, source: 'unsubscribe' };
  return changeConsent(stage.store, facts, [word]);
};

const lastMail = ({ stage }: Life) => stage.outbox().findLast(({ channel }) => channel === 'email');

const hasMail = (life: Life): boolean => lastMail(life) !== undefined;

const bad =
  (type: 'Bounce' | 'Complaint') =>
  async (life: Life): Promise<void> => {
    const message = lastMail(life);
    if (message) await life.tell(type, message);
  };

const change = ({ stage }: Life, word: 'pause' | 'resume') =>
  stage.ask('change-journey', { path: `/v1/journeys/a-journey/${word}` });

const pauseAWhile = async (life: Life): Promise<void> => {
  await change(life, 'pause');
  life.later(life.dice.between(1, 20) * hour, () => change(life, 'resume'));
};

const erase = ({ stage, contact }: Life) =>
  stage.ask('erase-contact', { method: 'DELETE', path: `/v1/contacts/${contact.id}` });

const ofDynamo = ({ service }: Call): boolean => service === 'dynamodb';
const ofSes = ({ service }: Call): boolean => service === 'ses';

/** The fault table of the design, each by its name. */
export const faultTable: Readonly<Record<string, Fault>> = {
  'duplicate and reordered stream records': streamed((records, life) => [
    shuffled([...records, ...records, ...records], life),
  ]),
  'a batch redelivered after success': streamed((records) => [records, records]),
  'stream records that never come': streamed((records, { dice }) => (dice.chance() < 0.7 ? [] : [records])),
  'kill between accept and record': nth('after', 5, isProvider, ({ invocations }) => invocations.kill()),
  'kill between claim and call': nth('after', 5, isClaim, ({ invocations }) => invocations.kill()),
  'kill at any request': (life) => {
    const { most, fits } = anyRequest(life);
    nth(life.dice.pick(['before', 'after']), most, fits, ({ invocations }) => invocations.kill())(life);
  },
  'timeout while the old invocation goes on': (life) => {
    const { most, fits } = life.dice.pick([
      { most: 5, fits: isProvider },
      { most: 5, fits: isClaim },
      anyRequest(life),
    ]);
    nth(life.dice.pick(['before', 'after']), most, fits, ({ invocations, stage, dice }) =>
      invocations.stall(stage.clock, dice.pick([1_000, 20_000, 5 * minute, 7 * hour])),
    )(life);
  },
  'accepted, then the connection is reset': often('after', 0.4, isProvider, () => {
    throw new LostConnection();
  }),
  'the connection is reset, and nobody knows': often('before', 0.4, isProvider, () => {
    throw new LostConnection();
  }),
  'SES answers 500': often('before', 0.4, isProvider, refuses('InternalFailure', 'We are sorry', 500)),
  'SES throttles: the rate': often(
    'before',
    0.6,
    isProvider,
    refuses('Throttling', 'Maximum sending rate exceeded.'),
  ),
  'SES throttles: the day': during([3, 14], ofSes, refuses('Throttling', 'Daily message quota exceeded.')),
  'SES throttles: sending is paused': during(
    [1, 14],
    ofSes,
    refuses('AccountSendingPausedException', 'Sending paused for this account.'),
  ),
  // Of the requests; the SDK asks once more at least.
  '30 % of DynamoDB throttled': often(
    'before',
    0.3 ** 2,
    ofDynamo,
    refuses('ProvisionedThroughputExceededException', 'Too fast'),
  ),
  '30 % of answers of DynamoDB lost': often(
    'after',
    0.3,
    (call) => ofDynamo(call) && isWrite(call),
    () => {
      throw new LostConnection();
    },
  ),
  'a condition that fails because of our own earlier write': often(
    'after',
    0.5,
    (call) => ofDynamo(call) && isWrite(call),
    (life, call) => life.repeat(call),
  ),
  'a token used twice': both(
    often('after', 1, settlesToken, (life, call) => life.repeat(call)),
    atAnyInstant(pauseAWhile),
  ),
  'an expired token': (life) => {
    const tokens: string[] = [];
    const strike = life.striking();
    life.before(({ operation, input }) => {
      const token = operation === 'UpdateItem' && /"token":\{"S":"([^"]+)"/.exec(JSON.stringify(input))?.[1];
      if (token) tokens.push(token);
    });
    for (let i = 6; i < 44; i += 6)
      life.later(i * hour, async () => {
        const taskToken = tokens.at(-2);
        if (!taskToken) return;
        strike();
        await life.stage.stepFunctions.execute('SendTaskSuccess', { taskToken, output: '{}' });
      });
  },
  'unsubscribe at any instant': atAnyInstant(unsubscribe),
  'a hard bounce at any instant': atAnyInstant(bad('Bounce'), hasMail),
  'a complaint at any instant': atAnyInstant(bad('Complaint'), hasMail),
  'erasure at any instant': atAnyInstant(erase),
  'a pause at any instant': atAnyInstant(pauseAWhile),
  'feedback that is lost': told(0),
  'feedback that comes twice': told(2),
  'feedback before the answer': both(
    often('after', 1, ofSes, (life) => life.aside(() => life.tell('Send', lastMail(life)!))),
    nth('after', 4, ofSes, ({ invocations }) => invocations.kill()),
  ),
  'clocks that jump': often('before', 0.1, any, (life) => {
    life.skew = life.dice.between(-10, 10) * minute;
  }),
  'a total outage of 14 hours': during([14, 14], any, () => {
    throw new LostConnection();
  }),
};

/** In whose lives a mail may be held until it is stale. */
export const holdsLong: ReadonlySet<string> = new Set([
  'SES throttles: the day',
  'SES throttles: sending is paused',
  'timeout while the old invocation goes on',
  'a token used twice',
  'a pause at any instant',
  'a total outage of 14 hours',
]);

const names = Object.keys(faultTable);

/** Each fault in its turn, every other time together with another one. */
export const faultsOf = (seed: number, { pick, chance }: Life['dice']): string[] => {
  const first = names[seed % names.length]!;
  return chance() < 0.5 ? [first] : [...new Set([first, pick(names)])];
};
