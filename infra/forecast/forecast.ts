import { iso } from '#kernel/clock';
import type { Issue } from '#kernel/issue';
import type { Estimate, Forecast, ForecastWork, MeasuredRate } from '#model/forecast';
import type { Rates } from '#model/forecast-rates';
import { createPlan } from '#statemachines/compile/plan';
import type { Journey } from '#statemachines/document/schema';
import type { ClientFolder } from '../client-folder.ts';
import { readClientSettings } from '../client-settings.ts';
import { createChance } from '../local/time/chance.ts';
import { costOf, type Usage } from '../prices.ts';
import type { Limits } from '../simulation/budget.ts';
import type { OpenWorld } from '../simulation/simulation.ts';
import { dollarsOf, usageBy } from './figures/bill.ts';
import { type Prediction, predict } from './figures/predict.ts';
import { rehearse } from './figures/rehearse.ts';
import { type SumKind, type Tally, tallyOf } from './figures/tally.ts';
import { drawSample } from './people/sample.ts';
import { assumptionsOf } from './rates/assumptions.ts';
import { fillRates } from './rates/fill.ts';
import { createSetting, type Setting } from './setting.ts';

export interface ForecastOptions {
  document: Journey;
  folder: ClientFolder;
  rates: Rates;
  audience: number;
  /** Milliseconds since the epoch. */
  start: number;
  seed: number;
  openWorld: OpenWorld;
  /** Imagined people; more make the interval narrower. */
  sample?: number | undefined;
  progress?: ((done: number, of: number, what: string) => void) | undefined;
  /** Taken where `rates` says nothing. */
  measured?: readonly MeasuredRate[] | undefined;
  /** Where `audience` is from; given when left out. */
  audienceFrom?: Omit<ForecastWork['audience'], 'people'> | undefined;
  /** Of somebody who waits for an answer: fewer people are imagined, and rehearsed, where they take long. */
  limits?: Limits | undefined;
}

/** The rates do not fit the journey; `issues` says all of it. */
export class WrongRates extends Error {
  override readonly name = 'WrongRates';
  readonly issues: readonly Issue[];
  constructor(issues: readonly Issue[]) {
    super('The rates do not fit the journey.');
    this.issues = issues;
  }
}

/** People of the sample when nothing else is said; people rehearsed; draws of the audience. */
const usualSample = 10_000;
const rehearsedPeople = 30;
const withinLimits = { people: 10, mostTransitions: 1_500 };
const draws = 400;

/** The rest is for those who are imagined, and for the draws. */
const halfOf = ({ milliseconds, calls }: Limits): Limits => ({ milliseconds: milliseconds / 2, calls });

export const forecast = async (options: ForecastOptions): Promise<Forecast> => {
  const { document, folder, audience, start, seed, openWorld, limits, progress } = options;
  const filled = fillRates(document, createPlan(document), options.rates, options.measured ?? []);
  const { rates } = filled;
  const setting = createSetting({ document, client: readClientSettings(folder.client), rates, start, seed });
  if (setting.resolved.issues.length > 0) throw new WrongRates(setting.resolved.issues);
  const outcomes = drawSample(setting, options.sample ?? usualSample, {
    progress,
    patienceMs: limits && limits.milliseconds / 3,
  });
  const size = outcomes.length;
  progress?.(size, size, 'some of them on the embedded world');
  const rehearsal = await rehearse(outcomes, {
    ...{ setting, folder, openWorld },
    ...(limits ? { ...withinLimits, limits: halfOf(limits) } : { people: rehearsedPeople }),
  });
  const tally = tallyOf(outcomes, setting);
  const enters = rates.enters ?? 1;
  const prediction = predict(tally, { people: audience, enters }, draws, createChance(seed ^ 0x5eed));
  const usage = usageBy(tally, rehearsal);
  return {
    journey: { id: document.id, name: document.name },
    ...{ start: iso(start), seed, audience, entering: Math.round(audience * enters), sample: size },
    interval: '90 % prediction interval',
    ...figures(tally, prediction, setting),
    bill: billOf(prediction, usage),
    rehearsed: { people: rehearsal.played, alike: rehearsal.agreed },
    assumed: [...setting.resolved.assumed, ...smallPrint(setting)],
    assumptions: assumptionsOf({
      ...{ document, plan: setting.plan, given: options.rates, filled, resolved: setting.resolved },
      audience: { people: audience, ...(options.audienceFrom ?? { source: 'given' }) },
    }),
  };
};

const figures = (tally: Tally, prediction: Prediction, setting: Setting) => {
  const of = (kind: SumKind): [string, Estimate][] =>
    [...(tally.names.get(kind) ?? [])].map(([name, i]) => [name, prediction.sums[i]!]);
  const all = (kind: SumKind): Estimate => {
    const indexes = [...(tally.names.get(kind)?.values() ?? [])];
    return prediction.of((sums) => indexes.reduce((total, i) => total + (sums[i] ?? 0), 0));
  };
  return {
    messages: of('channel').map(([channel, count]) => ({ channel, count })),
    days: daysOf(tally, { sent: new Map(of('day')), come: new Map(of('come')) }, setting.start),
    leaves: of('leaf').map(([leaf, people]) => ({ leaf, people })),
    ends: of('end').map(([how, people]) => ({ how, people })),
    steps: of('step').map(([step, messages]) => ({ step, messages })),
    skipped: of('skipped').map(([reason, messages]) => ({ reason, messages })),
    tasks: all('told'),
    converted: all('converted'),
    duration: { median: inSeconds(prediction.median), ninetieth: inSeconds(prediction.ninetieth) },
  };
};

const inSeconds = ({ expected, low, high }: Estimate): Estimate => ({
  expected: expected / 1000,
  low: low / 1000,
  high: high / 1000,
});

const day = 86_400_000;

const daysOf = (
  { days, names }: Tally,
  { sent, come }: Record<'sent' | 'come', ReadonlyMap<string, Estimate>>,
  start: number,
): Forecast['days'] => {
  const channels = [...(names.get('channel')?.keys() ?? [])];
  const none = { expected: 0, low: 0, high: 0 };
  return Array.from({ length: days }, (_, i) => ({
    day: iso(start + i * day),
    entering: come.get(String(i)) ?? none,
    channels: Object.fromEntries(channels.map((channel) => [channel, sent.get(`${channel} ${i}`) ?? none])),
  }));
};

const billOf = (prediction: Prediction, usage: (sums: ArrayLike<number>) => Usage): Forecast['bill'] => {
  const expected = usage(prediction.sums.map((each) => each.expected));
  return {
    dollars: prediction.of((sums) => dollarsOf(usage(sums))),
    lines: costOf(expected).lines.filter(({ used }) => used > 0),
  };
};

/** What no rate is about. */
const smallPrint = ({ document }: Setting): string[] => [
  'each person comes in once; other journeys send them nothing that counts for a cap',
  ...(JSON.stringify(document.steps).includes('"type":"webhook"') ? ['webhooks answer nothing'] : []),
];
