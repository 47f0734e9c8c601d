import { describeDuration } from '#kernel/durations';
import type { Assumption, MeasuredRate } from '#model/forecast';
import { rateOf } from '#policy/reports/evidence';
import { quantileOf } from '#policy/reports/sketch';
import { otherwise } from '#statemachines/compile/form';
import type { Plan, PlanNode } from '#statemachines/compile/plan';
import type { Journey } from '#statemachines/document/schema';
import { type Sums, sketchOf } from '../figures/sums.ts';
import { counterName } from '../fold-counts/rows.ts';

/** What was counted, as far as it says how people behave. */
export interface Counts {
  /** Of the journey, all versions of all time. */
  journey: Sums;
  /** Of its links and readers. */
  links: Sums;
  templates: ReadonlyMap<string, Sums>;
  /** Of all messages of late, by channel. */
  channels: Sums;
  /** Runs that began in the last `days`. */
  late: { entered: number; days: number };
}

type By = NonNullable<Assumption['measured']>['by'];

/** Fewer say less than what is typical. */
export const enough = 50;

/** Every share of the journey that enough people stand behind. Pure. */
export const measuredRates = (document: Journey, plan: Plan, counts: Counts): MeasuredRate[] => {
  const nodes = [...plan.nodes.values()];
  return [
    ...overOf(counts),
    ...reachableOf(nodes, counts),
    ...nodes.flatMap((node) => [
      ...conditionOf(node, counts),
      ...messageOf(node, counts),
      ...answersOf(node, counts),
    ]),
    ...goalOf(document, counts),
  ];
};

const at = (sums: Sums, ...name: Parameters<typeof counterName>): number =>
  sums.get(counterName(...name)) ?? 0;

const share = (path: string[], found: number, of: number, by: By): MeasuredRate => {
  const { value, low, high } = rateOf(found, of);
  return { path, value: value ?? 0, measured: { by, of, low, high } };
};

const overOf = ({ late: { entered, days } }: Counts): MeasuredRate[] =>
  entered < enough
    ? []
    : [
        {
          path: ['over'],
          value: `${days} days`,
          measured: { by: 'journey', of: entered, low: days, high: days },
        },
      ];

/** Whom the first message of a channel could not be sent to, for want of an address or a yes. */
const reachableOf = (nodes: readonly PlanNode[], { journey }: Counts): MeasuredRate[] => {
  const channels = new Map(nodes.map((node) => [node.type, node] as const).reverse());
  return ['email', 'sms', 'push'].flatMap((channel) => {
    const { id } = channels.get(channel) ?? {};
    const of = id === undefined ? 0 : at(journey, id, 'messages');
    if (id === undefined || of < enough) return [];
    const lost = ['no-address', 'no-consent', 'unconfirmed', 'suppressed'] as const;
    const without = lost.reduce((sum, reason) => sum + at(journey, id, 'skipped', reason), 0);
    return [share(['reachable', channel], of - without, of, 'step')];
  });
};

const conditionOf = ({ id, step }: PlanNode, { journey }: Counts): MeasuredRate[] => {
  const of = at(journey, id, 'entered') + at(journey, id, 'messages');
  if (!step?.if || of < enough) return [];
  return [share(['steps', id, 'if'], of - at(journey, id, 'skipped', 'condition'), of, 'step')];
};

interface Source {
  by: By;
  sums: Sums;
  name: string;
  /** Where its unsubscribes are counted. */
  readers: Sums;
}

/** Its own, else those of its template wherever it is sent, else those of its channel. */
const messageOf = (node: PlanNode, counts: Counts): MeasuredRate[] => {
  const { id, type, step } = node;
  if (!['email', 'sms', 'push'].includes(type)) return [];
  const { journey, links, channels, templates } = counts;
  const template = step && 'template' in step ? templates.get(String(step.template)) : undefined;
  const sources: Source[] = [
    { by: 'step', sums: journey, name: id, readers: links },
    ...(template ? [{ by: 'template' as const, sums: template, name: '', readers: template }] : []),
    { by: 'channel', sums: channels, name: type, readers: channels },
  ];
  const found = sources.find(({ sums, name }) => at(sums, name, 'sent') >= enough);
  return found ? engagementOf(id, found) : [];
};

const engagementOf = (id: string, { by, sums, name, readers }: Source): MeasuredRate[] => {
  const count = (what: string): number => at(sums, name, what);
  const sent = count('sent');
  const [opened, clicked] = [count('opened'), count('clicked')];
  const delivered = Math.max(sent - count('hardBounced'), opened, clicked);
  const rate = (what: string, n: number): MeasuredRate => share(['steps', id, what], n, sent, by);
  return [
    rate('delivered', delivered),
    rate('opened', opened),
    rate('clicked', clicked),
    // Of a template nobody counts who unsubscribed.
    ...(by === 'template' ? [] : [rate('unsubscribed', at(readers, name, 'unsubscribed'))]),
  ];
};

/** What nobody answered in time is left over; of a decision every answer has its share. */
const answersOf = ({ id, kind, branches }: PlanNode, { journey }: Counts): MeasuredRate[] => {
  const counts = branches.map(({ index }) => at(journey, id, 'answer', index));
  const of = counts.reduce((a, b) => a + b, 0);
  if (of < enough) return [];
  return branches.flatMap(({ answer, index }, i) =>
    kind === 'wait' && index === otherwise ? [] : [share(['steps', id, answer], counts[i]!, of, 'step')],
  );
};

const members = { event: 'events', form: 'forms', tag: 'tags', segment: 'segments' } as const;

const goalOf = ({ goal }: Journey, { journey }: Counts): MeasuredRate[] => {
  const of = at(journey, '', 'entered');
  const [kind = '', name] = Object.entries(goal?.on ?? {})[0] ?? [];
  if (!(kind in members) || typeof name !== 'string' || of < enough) return [];
  const sketch = sketchOf(journey, counterName('', 'convertedAfter', ''));
  const median = quantileOf(sketch, 0.5);
  return [
    {
      ...share([members[kind as keyof typeof members], name], at(journey, '', 'converted'), of, 'journey'),
      ...(median !== undefined && median >= 1000 && { median: describeDuration(median) }),
    },
  ];
};
