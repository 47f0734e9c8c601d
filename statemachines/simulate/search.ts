import { describe } from '#conditions/describe';
import type { Condition } from '#conditions/schema';
import type { Trigger } from '#conditions/triggers';
import type { Plan, PlanNode } from '../compile/plan.ts';
import type { Journey } from '../document/schema.ts';
import { runStep } from '../steps/run-registry.ts';
import { heldOutSteps } from '../steps/sequences.ts';
import { apply } from './apply.ts';
import { type Option, optionsOf } from './options.ts';
import { copyOf, demand, factsOf, type Trip, tripOf, type UsualQuiet, type World } from './trip.ts';
import { wishedEvents } from './wishes.ts';

/** An option that some path is to take, with those that lead to its node. */
export interface Target {
  key: string;
  /** By node: the key of the option to take there. */
  forced: ReadonlyMap<string, string>;
}

/** Every answer, every way past a step with branches, every step that has an `if`; of a journey without any, its end. */
export const targetsOf = (plan: Plan): Target[] => {
  const targets = plan.steps.flatMap((node) => targetsBelow(node, new Map()));
  return targets.length > 0 ? targets : [{ key: '', forced: new Map() }];
};

const targetsBelow = (node: PlanNode, above: ReadonlyMap<string, string>): Target[] => {
  const own = optionsOf(node).map(({ key }) => ({ key, forced: new Map([...above, [node.id, key]]) }));
  const inner = node.branches.flatMap((branch, i) =>
    branch.steps.flatMap((step) => targetsBelow(step, own[i]?.forced ?? above)),
  );
  // A step that is passed by is worth a path only where that leads elsewhere.
  const forks = node.branches.length > 0 || node.kind === 'exit';
  return own.length > 1 ? [...(forks ? own : own.slice(0, 1)), ...inner] : inner;
};

interface Setting {
  document: Journey;
  start: number;
  zone: string;
  segments: Readonly<Record<string, { if: Condition }>>;
  usualQuiet: UsualQuiet;
}

/** In which order the ways from a node are tried, where the target does not force one. */
type Order = (options: readonly Option[], covered: ReadonlySet<string>) => readonly Option[];
const newFirst: Order = (options, covered) => [
  ...options.filter(({ key }) => !covered.has(key)),
  ...options.filter(({ key }) => covered.has(key)),
];
const quietFirst: Order = (options) => options.toReversed();
const livelyFirst: Order = (options) => options;
const orders = [newFirst, quietFirst, livelyFirst];

/** So many dead ends in each order, and so many choices made anew, until a target counts as out of reach. */
const patience = { deadEnds: 40, anew: 20 };

/** A trip, or what was in its way, where that is known. */
type Found = { trip: Trip; why?: undefined } | { trip?: undefined; why: string | undefined };

const reasonOf = ({ failed }: World): string | undefined =>
  failed &&
  `no contact was found for whom, with all that comes before, ${describe(failed.condition)}${failed.holds ? '' : ' does not hold'}`;

/** Loops within loops come round a million times; nobody waits for that. */
const longestWay = 20_000;

/** Paths of dates for which steps wait. */
const awaitedDates = ({ nodes }: Plan): string[] =>
  [...nodes.values()].flatMap(({ step }) =>
    step?.type === 'wait' && 'until' in step && step.until && 'date' in step.until ? [step.until.date] : [],
  );

export const searchOf = (plan: Plan, { segments, ...setting }: Setting) => {
  const optionsBy = new Map([...plan.nodes.values()].map((node) => [node.id, optionsOf(node)]));
  const heldOut = heldOutSteps(setting.document.steps);
  const pushes = [...plan.nodes.values()].some(({ type }) => type === 'push');
  const dates = awaitedDates(plan);
  const segment = (id: string) => (Object.hasOwn(segments, id) ? segments[id]?.if : undefined);
  return (target: Target, covered: ReadonlySet<string>): Found => {
    let why: string | undefined;
    for (const on of setting.document.enter.on)
      for (const early of [true, false])
        for (const order of orders) {
          const world = { ...setting, segment, heldOut, pushes, dates, patience: { left: patience.anew } };
          const trip = entered(world, on);
          if (!trip || (early && !asksEarly(trip, plan, target))) break;
          const search = { plan, optionsBy, target, covered, order, deadEnds: 0 };
          const found = follow(search, plan.start, trip);
          if (found) return { trip: found };
          why ??= reasonOf(world);
        }
    return { why };
  };
};

const entered = (world: World, on: Trigger): Trip | undefined => {
  const trip = tripOf(world, on);
  const { enter, exit = [] } = world.document;
  const enters = enter.if === undefined || demand(trip, enter.if, true);
  const stays = exit.every((rule) => rule.on || !rule.if || demand(trip, rule.if, false));
  return enters && stays ? trip : undefined;
};

/** What the target asks of the contact is settled before other choices are made, which then give way to it. */
const asksEarly = (trip: Trip, plan: Plan, { forced }: Target): boolean =>
  [...forced].every(([id, key]) => {
    const branch = plan.nodes.get(id)?.branches.find(({ index }) => `${id}/${index}` === key);
    return branch?.way?.by !== 'condition' || demand(trip, branch.way.holds, true);
  });

interface Search {
  plan: Plan;
  optionsBy: ReadonlyMap<string, readonly Option[]>;
  target: Target;
  covered: ReadonlySet<string>;
  order: Order;
  deadEnds: number;
}

/** Goes on from a node to the end; where ways part, tries one after the other. */
const follow = (search: Search, from: string | undefined, trip: Trip): Trip | undefined => {
  for (let id: string | undefined = from; id !== undefined; ) {
    const node = search.plan.nodes.get(id);
    if (!node || node.kind === 'end') return finished(search, trip);
    const options = inOrder(search, node);
    if (options.length > 1) return tryEach(search, node, options, trip);
    const [only] = options;
    if (!only || !takes(only, node, trip)) {
      search.deadEnds++;
      return undefined;
    }
    id = targetOf(only, trip);
  }
  return finished(search, trip);
};

const tryEach = (
  search: Search,
  node: PlanNode,
  options: readonly Option[],
  trip: Trip,
): Trip | undefined => {
  for (const option of options) {
    const copy = copyOf(trip);
    const taken = takes(option, node, copy);
    const found = taken ? onwards(search, option, copy) : undefined;
    if (found) return found;
    if (!taken) search.deadEnds++;
    if (search.deadEnds > patience.deadEnds) return undefined;
  }
  return undefined;
};

const onwards = (search: Search, option: Option, trip: Trip): Trip | undefined =>
  option.to === undefined ? finished(search, trip) : follow(search, targetOf(option, trip), trip);

const targetOf = ({ to }: Option, trip: Trip): string | undefined =>
  typeof to === 'function' ? to(trip) : to;

/** The forced option alone, else all. */
const inOrder = ({ optionsBy, target, covered, order }: Search, node: PlanNode): readonly Option[] => {
  const options = optionsBy.get(node.id) ?? [];
  const forced = target.forced.get(node.id);
  if (forced !== undefined) return options.filter(({ key }) => key === forced);
  return options.length < 2 ? options : order(options, covered);
};

const takes = (option: Option, node: PlanNode, trip: Trip): boolean => {
  trip.taken.push(option.key);
  if (trip.taken.length > longestWay) return false;
  if (!option.take(trip)) return false;
  if (option.performs) performs(node, trip);
  return true;
};

const performs = (node: PlanNode, trip: Trip): void => {
  trip.performed.push(node.id);
  if (!node.step || node.branches.length > 0) return;
  apply(trip, node, runStep({ ...node.step, if: undefined }, factsOf(trip)));
};

/** A way may end before it comes to the target: by an exit, or in a loop. */
const finished = (search: Search, trip: Trip): Trip | undefined => {
  const { key } = search.target;
  if (key !== '' && !trip.taken.includes(key)) {
    search.deadEnds++;
    return undefined;
  }
  const wished = wishedEvents(trip);
  return wished && { ...trip, events: [...trip.events, ...wished] };
};
