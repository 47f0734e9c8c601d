import type { AwaitedTrigger } from '#conditions/triggers';
import { durationMs } from '#kernel/durations';
import { skipped, type Way } from '../compile/form.ts';
import type { PlanBranch, PlanNode } from '../compile/plan.ts';
import { hears, type Planned, triggerOf } from './events.ts';
import { demand, type EventWay, type Trip } from './trip.ts';

/** One way to leave a node. */
export interface Option {
  key: string;
  /** Node it leads to; absent: the run ends. A loop leads elsewhere when it has come round often enough. */
  to?: string | ((trip: Trip) => string);
  /** Does the step do its work, or is it passed by? */
  performs: boolean;
  /** Brings it about; `false` where that cannot be. Writes into the trip. */
  take(trip: Trip): boolean;
}

export const optionsOf = (node: PlanNode): Option[] => {
  const works =
    node.branches.length > 0 ? node.branches.map((branch) => answerOption(node, branch)) : [workOption(node)];
  return node.step?.if ? [...works, passOption(node)] : works;
};

const judges = (trip: Trip, node: PlanNode, holds: boolean): boolean =>
  node.step?.if === undefined || demand(trip, node.step.if, holds);

/** The machine jumps for as often as it may, then goes on. */
const jumpOption = (node: PlanNode, { to, atMost }: { to: string; atMost: number }): Option => {
  const after = node.edges.find(({ kind }) => kind === 'next')!.to;
  return {
    key: `${node.id}/jump`,
    to: (trip) => ((trip.jumps.get(node.id) ?? 0) > atMost ? after : to),
    performs: true,
    take(trip) {
      trip.jumps.set(node.id, (trip.jumps.get(node.id) ?? 0) + 1);
      return judges(trip, node, true);
    },
  };
};

const workOption = (node: PlanNode): Option => {
  if (node.form.jump) return jumpOption(node, node.form.jump);
  const next = node.edges.find(({ kind }) => kind === 'next')?.to;
  return {
    key: `${node.id}/do`,
    ...(next !== undefined && { to: next }),
    performs: true,
    take: (trip) => judges(trip, node, true),
  };
};

/** Past a step whose own `if` is not met. */
const passOption = (node: PlanNode): Option => ({
  key: `${node.id}/${skipped}`,
  to: node.edges.find(({ kind }) => kind === 'skip' || kind === 'next')?.to ?? '',
  performs: false,
  take(trip) {
    if (node.branches.length > 0) trip.answers.push({ step: node.id, index: skipped, answer: 'skipped' });
    return judges(trip, node, false);
  },
});

const answerOption = (node: PlanNode, branch: PlanBranch): Option => ({
  key: `${node.id}/${branch.index}`,
  to: branch.to,
  performs: true,
  take(trip) {
    trip.answers.push({ step: node.id, index: branch.index, answer: branch.answer });
    return judges(trip, node, true) && branch.way !== undefined && go(trip, node, branch.way);
  },
});

const go = (trip: Trip, node: PlanNode, way: Way): boolean => {
  if (way.by === 'condition') return demand(trip, way.holds, true);
  if (way.by === 'lot') return true;
  if (way.by === 'time') return letTimePass(trip, node);
  return way.by === 'event' ? letHappen(trip, node, way) : answerTask(trip, node, way.outcome);
};

const eventWays = (node: PlanNode): EventWay[] =>
  node.branches.flatMap(({ way }) => (way?.by === 'event' ? [way] : []));

const limitOf = (node: PlanNode): number => (node.form.seconds ?? 0) * 1000;

const letTimePass = (trip: Trip, node: PlanNode): boolean => {
  const to = trip.now + limitOf(node);
  if (eventWays(node).some(({ on }) => isExpected(trip, on, to))) return false;
  trip.silences.push({ ways: eventWays(node), from: trip.world.start, to });
  trip.now = to;
  return true;
};

const isExpected = (trip: Trip, on: AwaitedTrigger, until: number): boolean =>
  trip.events.some((planned) => planned.at <= until && hears(on, planned));

/** Halfway through the wait, so that what holds a message up by some hours does not make it miss. */
const momentIn = (trip: Trip, node: PlanNode): number =>
  trip.now + Math.max(60_000, Math.floor(limitOf(node) / 2 / 60_000) * 60_000);

const answerTask = (trip: Trip, node: PlanNode, outcome: string): boolean => {
  trip.now = momentIn(trip, node);
  trip.events.push({ at: trip.now, what: { task: node.id, outcome } });
  return true;
};

const letHappen = (trip: Trip, node: PlanNode, way: EventWay): boolean => {
  const others = eventWays(node).filter((other) => other !== way && !sameTrigger(other, way));
  if (others.some(({ on }) => isExpected(trip, on, trip.now))) return false;
  if (isCertain(trip, way.on)) return way.if === undefined;
  const planned = { at: momentIn(trip, node), what: way.on, key: `heard ${node.id}` };
  if (!isPossible(trip, way.on) || !mayHappen(trip, planned)) return false;
  trip.now = planned.at;
  trip.silences.push({ ways: others, from: trip.world.start, to: trip.now });
  trip.events.push(planned);
  return judgeHeard(trip, node, way, { key: planned.key, ...triggerOf(way.on) });
};

const sameTrigger = (a: EventWay, b: EventWay): boolean => JSON.stringify(a.on) === JSON.stringify(b.on);

/** It happened before, or happens by itself: what was heard since the run began counts. */
const isCertain = (trip: Trip, on: AwaitedTrigger): boolean =>
  ('message' in on && on.was === 'sent' && trip.sent.has(on.message)) ||
  ('message' in on && on.was === 'skipped' && trip.skipped.has(on.message)) ||
  isExpected(trip, on, trip.now);

/** No file makes a contact enter a segment; of a message only what was sent can be heard. */
const isPossible = (trip: Trip, on: AwaitedTrigger): boolean => {
  if ('segment' in on) return false;
  if (!('message' in on)) return true;
  const sent = trip.sent.get(on.message);
  return (
    sent !== undefined &&
    on.was !== 'sent' &&
    on.was !== 'skipped' &&
    demand(trip, { consent: sent.channel }, true)
  );
};

/** Of several branches on the same event the first whose condition holds is taken. */
const judgeHeard = (trip: Trip, node: PlanNode, way: EventWay, trigger: Trip['trigger']): boolean => {
  const ways = eventWays(node);
  const before = ways.slice(0, ways.indexOf(way)).filter((other) => sameTrigger(other, way));
  return (
    (way.if === undefined || demand(trip, way.if, true, trigger)) &&
    before.every((other) => other.if !== undefined && demand(trip, other.if, false, trigger))
  );
};

/** It answers no wait that was to hear nothing, and does not end the run. */
export const mayHappen = (trip: Trip, planned: Planned): boolean =>
  !trip.silences.some(
    ({ ways, from, to }) =>
      from <= planned.at && planned.at <= to && ways.some(({ on }) => hears(on, planned)),
  ) && !endsRun(trip, planned);

const endsRun = (trip: Trip, planned: Planned): boolean => {
  const { document, start } = trip.world;
  const { goal, exit = [] } = document;
  if (planned.at < start) return false;
  const inTime = !goal?.within || planned.at - start <= durationMs(goal.within);
  if (goal && goal.exit !== false && inTime && hears(goal.on, planned)) return true;
  // A rule with a condition may let it pass; then the way is shown to be wrong when it is played.
  return exit.some((rule) => rule.on && !rule.if && hears(rule.on, planned));
};
