import type { Condition } from '#conditions/schema';
import type { Draw } from '../../conformance/draw.ts';
import { days, entrances, events, long, plans, short, stages, tags } from './words.ts';

/** Where the condition stands. */
export interface Place {
  /** Messages that may have been sent on the way to here. */
  messages: readonly string[];
  segments: readonly string[];
  /** `trigger` is an event with properties. */
  hasTrigger: boolean;
  /** Time alone is to change nothing. */
  timeless?: boolean;
}

export const someCondition = (draw: Draw, place: Place, depth = 2): Condition => {
  const inner = (): Condition => someCondition(draw, place, depth - 1);
  if (depth > 0 && draw.chance(0.3))
    return draw.pick([
      () => ({ all: draw.some(1, 2, inner) }),
      () => ({ any: draw.some(1, 2, inner) }),
      () => ({ not: inner() }),
    ])();
  const { messages, segments, hasTrigger, timeless } = place;
  return draw.pick<() => Condition>([
    ...plain(draw),
    ...(timeless ? [] : timely(draw)),
    ...(hasTrigger ? ofTrigger(draw) : []),
    ...(segments.length > 0 ? [() => ({ segment: draw.pick(segments) })] : []),
    ...(messages.length > 0 ? ofMessage(draw, messages) : []),
  ])();
};

const plain = (draw: Draw): (() => Condition)[] => [
  () => ({ contact: 'plan', [draw.pick(['is', 'isNot'])]: draw.pick(plans) }) as Condition,
  () => ({ contact: 'plan', [draw.pick(['in', 'notIn'])]: draw.subset(plans, 0.9).concat('x') }) as Condition,
  () => ({ contact: 'plan', [draw.pick(['startsWith', 'contains'])]: 'pr' }) as Condition,
  () => ({ contact: 'plan', endsWith: 'ee' }),
  () =>
    ({
      contact: 'size',
      [draw.pick(['above', 'atLeast', 'below', 'atMost', 'is'])]: draw.below(4),
    }) as Condition,
  () => ({ contact: 'size', atLeast: 1, below: 3 }),
  () => ({ contact: draw.pick(['plan', 'size', 'renewal', 'phone']), exists: draw.chance(0.5) }),
  () =>
    ({
      contact: 'renewal',
      [draw.pick([
        'before',
        'after',
      ])]: `${draw.pick(days)}${draw.pick(['', 'T12:00', 'T02:30', 'T00:00:00Z'])}`,
    }) as Condition,
  () => ({ tag: draw.pick(tags) }),
  () => ({ consent: draw.pick(['email', 'sms', 'news']) }),
  () => ({ score: { [draw.pick(['atLeast', 'below'])]: 5 * draw.below(3) } }),
  () => ({ stage: draw.pick(stages) }),
  () => ({
    did: draw.pick([...events, ...entrances]),
    times: { [draw.pick(['atLeast', 'is', 'atMost'])]: draw.below(3) },
  }),
  () => ({ did: draw.pick(events), where: { trigger: 'properties.total', atLeast: 10 * draw.below(4) } }),
];

const timely = (draw: Draw): (() => Condition)[] => [
  () => ({ contact: 'renewal', [draw.pick(['inLast', 'inNext'])]: draw.pick(long) }) as Condition,
  () => ({ did: draw.pick([...events, ...entrances]), inLast: draw.pick([...short, ...long]) }),
  () => ({ did: draw.pick(events), times: { below: 2 }, inLast: draw.pick(long) }),
];

const ofTrigger = (draw: Draw): (() => Condition)[] => [
  () => ({ trigger: 'properties.total', [draw.pick(['atLeast', 'below'])]: 10 * draw.below(4) }) as Condition,
  () => ({ trigger: 'properties.kind', is: draw.pick(['a', 'b']) }),
];

const ofMessage = (draw: Draw, messages: readonly string[]): (() => Condition)[] =>
  (['sent', 'delivered', 'opened', 'clicked', 'bounced', 'complained', 'skipped'] as const).map(
    (was) => () => ({
      message: draw.pick(messages),
      was,
    }),
  );
