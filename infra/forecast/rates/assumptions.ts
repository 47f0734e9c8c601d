import type { AwaitedTrigger, Trigger } from '#conditions/triggers';
import { describeDuration } from '#kernel/durations';
import type { Assumption, ForecastWork } from '#model/forecast';
import type { EventRate, Rates } from '#model/forecast-rates';
import type { Plan } from '#statemachines/compile/plan';
import type { Journey } from '#statemachines/document/schema';
import { engagements, type Filled, valueAt } from './fill.ts';
import type { Resolved } from './resolve.ts';
import type { Timing } from './timing.ts';

type Bare = Omit<Assumption, 'source' | 'measured'>;

export interface Basis {
  document: Journey;
  plan: Plan;
  /** As they were given. */
  given: Rates;
  filled: Filled;
  resolved: Resolved;
  audience: ForecastWork['audience'];
}

/** All that a forecast rests on, in the order of the journey, each with where it is from. */
export const assumptionsOf = (basis: Basis): Assumption[] => [
  ...ofAudience(basis),
  ...[
    ...ofEntering(basis),
    ...[...basis.plan.nodes.keys()].flatMap((step) => ofStep(basis.resolved, step)),
    ...ofEvents(basis),
  ].map((each) => withSource(basis, each)),
];

const ofAudience = ({ audience: { people, source, measured, few } }: Basis): Assumption[] => [
  {
    ...{ path: ['audience'], kind: 'audience', name: 'audience', value: people, source },
    ...(measured && { measured }),
    ...(few !== undefined && { few }),
  },
];

const withSource = ({ given, filled }: Basis, each: Bare): Assumption => {
  const found = filled.taken.find(({ path }) => path.join('\n') === each.path.join('\n'));
  if (found) return { ...each, source: 'measured', measured: found.measured };
  return { ...each, source: isGiven(given, each) ? 'given' : 'typical' };
};

/** For its step, or for all messages of its channel. */
const isGiven = (given: Rates, { path, kind, name }: Bare): boolean =>
  valueAt(given, path) !== undefined ||
  (kind === 'message' &&
    Object.values(given.messages ?? {}).some((channel) => channel !== undefined && name in channel));

const ofEntering = ({ document, resolved: { rates, messages }, plan }: Basis): Bare[] => {
  const channels = [...new Set([...messages.keys()].map((step) => plan.nodes.get(step)?.type ?? ''))];
  const share = (path: string[], name: string, value = 1): Bare => ({ path, kind: 'audience', name, value });
  return [
    { path: ['over'], kind: 'audience', name: 'over', value: rates.over ?? '0 seconds' },
    ...(document.enter.if ? [share(['enters'], 'enters', rates.enters)] : []),
    ...channels.map((channel) =>
      share(['reachable', channel], `reachable by ${channel}`, rates.reachable?.[channel as 'email']),
    ),
  ];
};

const ofStep = (resolved: Resolved, step: string): Bare[] => {
  const message = resolved.messages.get(step);
  const condition = resolved.conditions.get(step);
  const date = resolved.dates.get(step);
  const at = (name: string) => ({ path: ['steps', step, name], step, name });
  return [
    ...(condition === undefined ? [] : [{ ...at('if'), kind: 'condition' as const, value: condition }]),
    ...(date ? [{ ...at('lasts'), kind: 'date' as const, value: describeDuration(date.medianMs) }] : []),
    ...(message
      ? engagements.map((name) => ({ ...at(name), kind: 'message' as const, ...shareIn(message[name]) }))
      : []),
    ...(resolved.answers.get(step) ?? []).map(({ answer, timing }) => ({
      ...at(answer),
      ...{ kind: 'answer' as const, value: timing.rate },
    })),
  ];
};

const shareIn = (rate: number | Timing): Pick<Bare, 'value' | 'median'> =>
  typeof rate === 'number' ? { value: rate } : { value: rate.rate, median: describeDuration(rate.medianMs) };

const placeOf = (on: Trigger | AwaitedTrigger): string[] | undefined => {
  const [kind = '', name] = Object.entries(on)[0] ?? [];
  const members: Record<string, string> = {
    event: 'events',
    form: 'forms',
    tag: 'tags',
    segment: 'segments',
  };
  return kind in members && typeof name === 'string' ? [members[kind]!, name] : undefined;
};

/** Those that goals and exits listen to, said or not; and every other one that was said. */
const ofEvents = ({ document: { goal, exit = [] }, resolved: { events } }: Basis): Bare[] => {
  const heard = [goal?.on, ...exit.map(({ on }) => on)].filter((on) => on !== undefined);
  const rates = new Map(events.map(({ on, rate }) => [placeOf(on)?.join('\n'), rate]));
  const places = [...heard, ...events.map(({ on }) => on)].flatMap((on) => {
    const path = placeOf(on);
    return path ? [path] : [];
  });
  return [...new Map(places.map((path) => [path.join('\n'), path]))].map(([key, path]) => ({
    ...{ path, kind: 'event' as const, name: path[1]! },
    ...eventValue(rates.get(key)),
  }));
};

const eventValue = (rate: EventRate | undefined): Pick<Bare, 'value' | 'median' | 'perDay'> => {
  if (rate === undefined) return { value: 0 };
  if (typeof rate === 'number') return { value: rate };
  if ('perDay' in rate) return { value: 0, perDay: rate.perDay };
  return { value: rate.rate, ...(rate.median !== undefined && { median: rate.median }) };
};
