import type { AwaitedTrigger, Trigger } from '#conditions/triggers';
import type { Journey, Sending, Step } from '#statemachines/document/schema';
import type { Draw } from '../../conformance/draw.ts';
import { type Place, someCondition } from './conditions.ts';
import {
  entrances,
  events,
  forms,
  long,
  plans,
  short,
  stages,
  tags,
  times,
  weekdays,
  zones,
} from './words.ts';

interface Writing extends Place {
  draw: Draw;
  /** How many steps may still be written. */
  left: number;
  depth: number;
  /** Steps on the way to here: what a `goto` may lead to and `since` may name. */
  before: string[];
  newId(type: string): string;
  others: readonly string[];
}

/** Valid by how it is made; `checkDocument` has the last word. */
export const someJourney = (
  draw: Draw,
  { id, segments = [], others = [] }: { id: string; segments?: string[]; others?: string[] },
): Journey => {
  let made = 0;
  const writing: Writing = {
    ...{
      draw,
      left: 3 + draw.below(12),
      depth: 3,
      before: [],
      messages: [],
      segments,
      others,
      hasTrigger: true,
    },
    newId: (type) => `${type.toLowerCase()}-${++made}`,
  };
  const steps = sequence(writing, 2 + draw.below(4));
  const heard = (): Trigger => someHeard(writing) as Trigger;
  const timeless: Place = { messages: [], segments, hasTrigger: true, timeless: true };
  return {
    ...{ wayleaf: 1, id, name: id },
    enter: {
      on: draw.some(1, 2, () => someEntrance(writing)),
      ...(draw.chance(0.25) ? { if: someCondition(draw, { ...timeless, timeless: false }) } : {}),
      ...someAgain(draw),
      ...(draw.chance(0.15) ? { key: 'trigger.properties.kind' } : {}),
    },
    ...(draw.chance(0.4)
      ? {
          exit: draw.some(1, 2, () => ({
            ...(draw.chance(0.8)
              ? { on: heard() as never }
              : { if: someCondition(draw, { ...timeless, timeless: draw.chance(0.5) }) }),
            ...(draw.chance(0.3) ? { if: someCondition(draw, timeless) } : {}),
          })),
        }
      : {}),
    ...(draw.chance(0.4)
      ? {
          goal: {
            on: heard() as never,
            ...(draw.chance(0.4) ? { within: draw.pick(long) } : {}),
            ...(draw.chance(0.3) ? { exit: false } : {}),
          },
        }
      : {}),
    ...(draw.chance(0.8) ? { sending: someSending(draw) } : {}),
    steps,
  };
};

const someAgain = (draw: Draw): Pick<Journey['enter'], 'again'> =>
  draw.pick([
    () => ({}),
    () => ({ again: 'always' as const }),
    () => ({ again: { after: draw.pick([...short, ...long]), ...(draw.chance(0.5) ? { atMost: 2 } : {}) } }),
  ])();

const someEntrance = ({ draw, segments }: Writing): Trigger =>
  draw.pick<() => Trigger>([
    () => ({ event: draw.pick(entrances) }),
    () => ({ event: draw.pick(entrances) }),
    () => ({ event: draw.pick(entrances) }),
    () => ({ event: draw.pick(events) }),
    () => ({ form: draw.pick(forms) }),
    () => ({ tag: draw.pick(tags) }),
    () => ({ manual: true }),
    () => ({
      date: 'contact.renewal',
      ...(draw.chance(0.6) ? { offset: draw.pick(['-2 days', '1 day', '-5 hours']) } : {}),
      ...(draw.chance(0.5) ? { at: draw.pick(times) } : {}),
    }),
    ...(segments.length > 0
      ? [() => ({ segment: draw.pick(segments), when: draw.pick(['enters', 'leaves'] as const) })]
      : []),
  ])();

const someHeard = ({ draw, segments }: Writing): AwaitedTrigger =>
  draw.pick<() => AwaitedTrigger>([
    () => ({ event: draw.pick(events) }),
    () => ({ event: draw.pick([...events, ...entrances]) }),
    () => ({ form: draw.pick(forms) }),
    () => ({ tag: draw.pick(tags) }),
    ...(segments.length > 0
      ? [() => ({ segment: draw.pick(segments), when: draw.pick(['enters', 'leaves'] as const) })]
      : []),
  ])();

const someSending = (draw: Draw): Sending => ({
  ...(draw.chance(0.5) ? { class: draw.pick(['marketing', 'transactional'] as const) } : {}),
  ...(draw.chance(0.3) ? { timezone: draw.pick(['contact', ...zones]) } : {}),
  ...(draw.chance(0.5)
    ? {
        quietHours: {
          ...draw.pick([
            { from: '21:00', to: '08:00' },
            { from: '02:00', to: '02:30' },
            { from: '12:00', to: '14:30' },
            { from: '22:15', to: '02:15' },
          ]),
          // biome-ignore lint/suspicious/noThenProperty: the word of the journey language
          ...(draw.chance(0.3) ? { then: 'skip' as const } : {}),
        },
      }
    : {}),
  ...(draw.chance(0.3)
    ? {
        cap: {
          email: { atMost: 1 + draw.below(2), per: draw.pick(long) },
          sms: { atMost: 1, per: draw.pick(long) },
        },
      }
    : {}),
  ...(draw.chance(0.3) ? { freshFor: draw.pick(['10 minutes', '5 hours', '2 days']) } : {}),
  ...(draw.chance(0.2) ? { topic: 'news' } : {}),
});

const sequence = (writing: Writing, most: number): Step[] => {
  const steps: Step[] = [];
  while (steps.length < most && writing.left > 0) {
    const next = someStep(writing);
    steps.push(...next);
    if (next.at(-1)?.type === 'exit' && next.at(-1)?.if === undefined) break;
  }
  return steps;
};

/** What is sent in a branch may not be asked about in another one. */
const inner = (writing: Writing): Step[] => {
  const { draw } = writing;
  const inside = {
    ...writing,
    depth: writing.depth - 1,
    before: [...writing.before],
    messages: [...writing.messages],
  };
  const steps = draw.chance(0.15) ? [] : sequence(inside, 1 + draw.below(3));
  writing.left = inside.left;
  return steps;
};

const someStep = (writing: Writing): Step[] => {
  const { draw, depth, before, left } = writing;
  writing.left = left - 1;
  const types = depth > 0 && left > 2 ? [...actions, ...decisions] : actions;
  const type = draw.pick(types);
  if (type === 'goto' && before.length === 0) return someStep(writing);
  const id = writing.newId(type);
  const asks = draw.chance(0.15) ? { if: someCondition(draw, writing) } : {};
  const step = { ...makers[type](writing, id), ...asks } as Step;
  before.push(id);
  if (type === 'email' || type === 'sms' || type === 'push') (writing.messages as string[]).push(id);
  if (type !== 'goto') return [step];
  const pause: Step = { id: writing.newId('wait'), type: 'wait', for: draw.pick([...short, ...long]) };
  return [pause, step];
};

const actions = [
  ...[
    'email',
    'email',
    'email',
    'sms',
    'push',
    'notify',
    'update',
    'update',
    'emit',
    'enroll',
    'webhook',
    'task',
  ],
  ...['wait', 'wait', 'wait', 'wait', 'goto', 'goto', 'exit'],
] as Step['type'][];
const decisions = ['decide', 'decide', 'split', 'waitFor', 'waitFor', 'waitFor', 'task'] as Step['type'][];

const ownSending = (draw: Draw) => (draw.chance(0.2) ? { sending: someSending(draw) } : {});
const ownTopic = (draw: Draw) => (draw.chance(0.15) ? { topic: 'news' } : {});

const makers: Record<Step['type'], (writing: Writing, id: string) => object> = {
  email: ({ draw }, id) => ({ id, type: 'email', template: 'mail', ...ownTopic(draw), ...ownSending(draw) }),
  sms: ({ draw }, id) => ({ id, type: 'sms', text: 'Hello', ...ownSending(draw) }),
  push: ({ draw }, id) => ({ id, type: 'push', title: 'Hello', body: 'Hello', ...ownSending(draw) }),
  notify: (_, id) => ({ id, type: 'notify', team: 'sales', text: 'Look' }),
  webhook: (_, id) => ({ id, type: 'webhook', url: 'https://example.com/hook' }),
  update: ({ draw }, id) => ({ id, type: 'update', ...someUpdate(draw) }),
  emit: ({ draw }, id) => ({
    ...{ id, type: 'emit', event: draw.pick([...events, ...entrances]) },
    ...(draw.chance(0.5) ? { properties: someProperties(draw) } : {}),
  }),
  enroll: ({ draw, others }, id) =>
    others.length > 0
      ? { id, type: 'enroll', journey: draw.pick(others) }
      : { id, type: 'notify', team: 'sales', text: 'x' },
  wait: (writing, id) => ({ id, type: 'wait', ...someWait(writing) }),
  waitFor: (writing, id) => {
    const { draw, before } = writing;
    const branches = draw.some(1, 3, (i) => ({
      answer: `Heard ${i}`,
      on: awaited(writing),
      ...(draw.chance(0.25) ? { if: someCondition(draw, writing) } : {}),
      steps: inner(writing),
    }));
    return {
      ...{ id, type: 'waitFor', branches, atMost: draw.pick([...short, ...long]) },
      ...(before.length > 0 && draw.chance(0.4) ? { since: draw.pick(before) } : {}),
      otherwise: { steps: inner(writing) },
    };
  },
  task: (writing, id) => {
    const { draw } = writing;
    const task = { id, type: 'task', team: 'sales', title: 'Call' };
    if (draw.chance(0.3) || writing.depth <= 0) return task;
    return {
      ...{ ...task, outcomes: ['yes', 'no', 'perhaps'], atMost: draw.pick(long) },
      branches: draw.subset(['yes', 'no'], 0.7).map((answer) => ({ answer, steps: inner(writing) })),
      ...(draw.chance(0.6) ? { otherwise: { steps: inner(writing) } } : {}),
    };
  },
  decide: (writing, id) => ({
    ...{ id, type: 'decide', question: 'What is it?' },
    branches: writing.draw.some(1, 3, (i) => ({
      answer: `Answer ${i}`,
      if: someCondition(writing.draw, writing),
      steps: inner(writing),
    })),
    otherwise: { steps: inner(writing) },
  }),
  split: (writing, id) => {
    const { draw } = writing;
    const weights = draw.pick([
      [50, 50],
      [20, 30, 50],
      [0, 100],
      [33.3, 33.3, 33.4],
    ]);
    const arms = weights.map((weight, i) => ({
      ...{ name: `Arm ${i}`, weight, steps: inner(writing) },
      ...(draw.chance(0.25) ? { holdout: true } : {}),
    }));
    return { id, type: 'split', arms, ...(draw.chance(0.4) ? { sticky: true } : {}) };
  },
  goto: ({ draw, before }, id) => ({ id, type: 'goto', step: draw.pick(before), atMost: 1 + draw.below(3) }),
  exit: ({ draw }, id) => ({ id, type: 'exit', ...(draw.chance(0.5) ? { as: 'Over' } : {}) }),
};

const awaited = (writing: Writing): AwaitedTrigger => {
  const { draw, messages } = writing;
  if (messages.length === 0 || draw.chance(0.5)) return someHeard(writing);
  return {
    message: draw.pick(messages),
    was: draw.pick(['delivered', 'opened', 'clicked', 'bounced', 'complained']),
  };
};

export const someProperties = (draw: Draw) => ({
  ...(draw.chance(0.8) ? { total: 5 * draw.below(8) } : {}),
  ...(draw.chance(0.8) ? { kind: draw.pick(['a', 'b']) } : {}),
});

export const someUpdate = (draw: Draw) =>
  draw.pick<() => object>([
    () => ({ set: { plan: draw.pick(plans) } }),
    () => ({ set: { size: draw.below(4) } }),
    () => ({ unset: [draw.pick(['plan', 'size'])] }),
    () => ({ addTags: [draw.pick(tags)] }),
    () => ({ removeTags: [draw.pick(tags)] }),
    () => ({ addScore: 5 * (draw.below(5) - 1) }),
    () => ({ stage: draw.pick(stages) }),
    () => ({ addTags: [draw.pick(tags)], addScore: 5, set: { size: 2 } }),
  ])();

const someWait = ({ draw }: Writing): object =>
  draw.pick<() => object>([
    () => ({ for: draw.pick([...short, ...long]) }),
    () => ({ for: { between: [draw.pick(short), draw.pick(long)] } }),
    () => ({
      until: {
        time: draw.pick(times),
        ...(draw.chance(0.4) ? { days: [...new Set(draw.some(1, 3, () => draw.pick(weekdays)))] } : {}),
        ...(draw.chance(0.3) ? { timezone: draw.pick(['contact', ...zones]) } : {}),
      },
    }),
    () => ({
      until: {
        date: draw.pick(['contact.renewal', 'trigger.properties.when']),
        ...(draw.chance(0.6) ? { offset: draw.pick(['-2 days', '1 day', '-5 hours', 'P1DT2H']) } : {}),
        ...(draw.chance(0.5) ? { at: draw.pick(times) } : {}),
      },
    }),
  ])();
