import type { FunctionContext } from '#aws/function-context';
import { createHandler as takeFeedback } from '#functions/feedback/take-feedback/handler';
import { record as takeFeedbackRecord } from '#functions/feedback/take-feedback/record';
import { createHandler as changeJourney } from '#functions/journeys/change-journey/handler';
import { record as changeJourneyRecord } from '#functions/journeys/change-journey/record';
import { createHandler as endRun } from '#functions/journeys/end-run/handler';
import { record as endRunRecord } from '#functions/journeys/end-run/record';
import { createHandler as eraseContact } from '#functions/journeys/erase-contact/handler';
import { record as eraseContactRecord } from '#functions/journeys/erase-contact/record';
import { createHandler as hearEvent } from '#functions/journeys/hear-event/handler';
import { record as hearEventRecord } from '#functions/journeys/hear-event/record';
import { createHandler as runStep } from '#functions/journeys/run-step/handler';
import { record as runStepRecord } from '#functions/journeys/run-step/record';
import { createHandler as sweep } from '#functions/journeys/sweep/handler';
import { record as sweepRecord } from '#functions/journeys/sweep/record';
import { topicEvent } from '#infra/local/lambda/topics';
import type { Accepted } from '#infra/local/mail/outbox';
import { type SesEventType, sesEvent } from '#infra/local/mail/ses-events';
import type { Contact } from '#model/contact';
import type { Step } from '#statemachines/document/schema';
import { type Handlers, openStage, type Stage } from '#test/builders/journey-stage';
import { email, journeyOf, pause } from '#test/builders/journeys';
import { type Commit, commitsIn } from './commits.ts';
import { createInvocations } from './invocations.ts';
import { type Dice, rollDice } from './seeded.ts';

/** One request of one of our functions to a service. */
export interface Call {
  service: string;
  operation: string;
  input: unknown;
  /** The function that asks. */
  by: string | undefined;
}

/** May throw, so that the caller meets an error; may wait, so that it meets time. */
export type Hook = (call: Call) => void | Promise<void>;

/** Two rounds of a mail, a plain wait that begins with it, a wait that listens, and a word to colleagues. */
const steps: Step[] = [
  email('first'),
  pause('a-while', '5 hours'),
  email('second', { sending: { freshFor: '20 hours' } }),
  {
    ...{ id: 'answer', type: 'waitFor', atMost: '4 hours' },
    ...{ branches: [{ answer: 'Yes', on: { event: 'Answered' }, steps: [] }], otherwise: { steps: [] } },
  },
  { id: 'again', type: 'goto', step: 'first', atMost: 1 },
  { id: 'tell', type: 'notify', team: 'sales', text: 'Look at {{ contact.firstName }}' },
];

const hour = 3_600_000;

/** One contact on its way through one journey, and everything that a fault may take hold of. */
export interface Life {
  stage: Stage;
  contact: Contact;
  dice: Dice;
  commits: Commit[];
  invocations: ReturnType<typeof createInvocations>;
  /** How many requests each function makes in a life without faults. */
  usual: Usual;
  /** Makes what the fault that is being set up calls when it strikes. */
  striking(): () => void;
  /** Until the faults are over. */
  before(hook: Hook): void;
  after(hook: Hook): void;
  /** What becomes of the records of the stream; as they are unless given. */
  stream: (records: unknown[]) => unknown[][];
  /** How far the clocks of our functions are off, in milliseconds. */
  skew: number;
  /** How often a message's Send event comes; 0 loses it. */
  told: () => number;
  /** Past the faults, and not as part of the invocation under way. */
  aside<T>(work: () => Promise<T>): Promise<T>;
  /** About so long from now. */
  later(ms: number, work: () => Promise<unknown>): void;
  tell(type: SesEventType, message: Accepted, more?: { soft?: boolean }): Promise<void>;
  /** The same request once more, as the SDK asks again when an answer got lost. */
  repeat(call: Call): Promise<unknown>;
}

/** What may fall, hang or be late: everything that works behind the scenes. */
const behind: Handlers = {
  'run-step': { record: runStepRecord, createHandler: runStep },
  'hear-event': { record: hearEventRecord, createHandler: hearEvent },
  'end-run': { record: endRunRecord, createHandler: endRun },
  sweep: { record: sweepRecord, createHandler: sweep },
  'take-feedback': { record: takeFeedbackRecord, createHandler: takeFeedback },
};

const handlersOf = (given: () => Pick<Life, 'invocations' | 'skew'>): Handlers => ({
  ...Object.fromEntries(
    Object.entries(behind).map(([name, { record, createHandler }]) => [
      name,
      {
        record,
        createHandler: (context: FunctionContext) => {
          const clock = { now: () => context.clock.now() + given().skew };
          return given().invocations.sandbox(name, () => createHandler({ ...context, clock }));
        },
      },
    ]),
  ),
  'change-journey': { record: changeJourneyRecord, createHandler: changeJourney },
  'erase-contact': { record: eraseContactRecord, createHandler: eraseContact },
});

export type Usual = Readonly<Record<string, number>>;

interface Begun extends Life {
  due: { at: number; work: () => Promise<unknown> }[];
  calls: Record<string, number>;
  struck: Set<string>;
  /** Which fault is being set up. */
  setUp: string;
}

const begin = async (seed: number, usual: Usual): Promise<Begun> => {
  const dice = rollDice(seed);
  const invocations = createInvocations();
  let life: Pick<Life, 'invocations' | 'skew'> = { invocations, skew: 0 };
  const stage = await openStage(
    undefined,
    handlersOf(() => life),
    dice.chance,
  );
  await stage.publish(journeyOf(steps));
  const contact = await stage.contact();
  const [before, after]: [Hook[], Hook[]] = [[], []];
  const commits: Commit[] = [];
  const due: Begun['due'] = [];
  let isAside = false;
  const calls: Record<string, number> = {};
  const struck = new Set<string>();
  stage.sabotage.before = async (service, operation, input) => {
    invocations.refuseKilled();
    if (isAside) return;
    const by = invocations.within();
    if (by) calls[by] = (calls[by] ?? 0) + 1;
    for (const hook of before) await hook({ service, operation, input, by });
  };
  stage.sabotage.after = async (service, operation, input) => {
    commits.push(...commitsIn(operation, input));
    if (isAside) return;
    const by = invocations.within();
    for (const hook of after) await hook({ service, operation, input, by });
  };
  const begun: Begun = {
    ...{ stage, contact, dice, commits, invocations, due, calls, usual, struck, setUp: '' },
    ...{ stream: (records) => [records], skew: 0, told: () => 1 },
    striking() {
      const name = begun.setUp;
      return () => void struck.add(name);
    },
    before: (hook) => void before.push(hook),
    after: (hook) => void after.push(hook),
    async aside(work) {
      isAside = true;
      return invocations.aside(work).finally(() => {
        isAside = false;
      });
    },
    later: (ms, work) => void due.push({ at: stage.clock.now() + ms, work }),
    async tell(type, message, more = {}) {
      const { region, account } = stage.settings;
      const event = sesEvent(type, message, { now: stage.clock.now(), region, account, ...more });
      const topicArn = `arn:aws:sns:${region}:${account}:ses-events`;
      const told = { messageId: 'm', message: JSON.stringify(event) };
      await stage.invoke('take-feedback', topicEvent(told, { topicArn, now: stage.clock.now(), region }));
    },
    repeat: ({ service, operation, input }) =>
      service === 'dynamodb'
        ? stage.dynamo.execute(operation as 'GetItem', input as never)
        : stage.stepFunctions.execute(operation, input as object),
  };
  life = begun;
  return begun;
};

/** Brings the stream, tells what SES tells, and lets machines and zombies go on until only time helps. */
const settle = async (life: Life): Promise<void> => {
  const { stage, invocations } = life;
  for (;;) {
    await stage.stepFunctions.idle().catch(() => undefined);
    if (invocations.zombies() > 0) await invocations.calm();
    const records = stage.undelivered();
    if (records.length === 0 && stage.stepFunctions.isIdle()) return;
    for (const batch of life.stream(records)) await stage.hear(batch).catch(() => undefined);
  }
};

const advance = (life: Life, ms: number): Promise<void> =>
  life.stage.clock.advanceTo(life.stage.clock.now() + ms, () => settle(life));

/** As SNS asks Lambda again. */
const again = (life: Life, message: Accepted) => (): Promise<void> =>
  life.tell('Send', message).catch(() => undefined);

/** SES tells of what it took, late and as often as the fault has it. */
const tellSent = async (life: Life, known: Set<string>): Promise<void> => {
  for (const message of life.stage.outbox()) {
    if (message.channel !== 'email' || known.has(message.messageId)) continue;
    known.add(message.messageId);
    for (let i = life.told(); i > 0; i--) await life.tell('Send', message).catch(again(life, message));
  }
};

export type Fault = (life: Life) => void;

/** Faults strike for two days; then everything works, and what is left must come to its end. */
export const live = async (seed: number, faults: Readonly<Record<string, Fault>>, usual: Usual = {}) => {
  const life = await begin(seed, usual);
  const { stage, contact, dice, due } = life;
  try {
    for (const [name, fault] of Object.entries(faults)) {
      life.setUp = name;
      fault(life);
    }
    life.later(dice.between(6, 40) * hour, () => stage.event(contact, { name: 'Answered' }));
    await life.aside(() => stage.event(contact));
    const known = new Set<string>();
    const pass = async (hours: number): Promise<void> => {
      await advance(life, hours * hour);
      for (const { work } of due.splice(0).filter((d) => d.at <= stage.clock.now() || !due.push(d)))
        await life.aside(work).catch(() => undefined);
      await tellSent(life, known);
      await stage.invoke('sweep', {}).catch(() => undefined);
    };
    for (let hours = 0; hours < 48; hours += 4) await pass(4);
    stage.sabotage.before = () => life.invocations.refuseKilled();
    stage.sabotage.after = (_service, operation, input) => {
      life.commits.push(...commitsIn(operation, input));
    };
    life.skew = 0;
    life.stream = (records) => [records];
    for (let hours = 0; hours < 36; hours += 12) await pass(12);
    await settle(life);
    const items = await stage.items(contact);
    const { commits, calls, struck } = life;
    return { ...items, outbox: stage.outbox(), commits, log: stage.log, calls, struck };
  } finally {
    stage.close();
  }
};
export type Lived = Awaited<ReturnType<typeof live>>;
