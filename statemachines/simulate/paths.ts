import type { Condition } from '#conditions/schema';
import type { Trigger } from '#conditions/triggers';
import type { SimulationEvent } from '#model/simulation';
import { createPlan, type Plan } from '../compile/plan.ts';
import type { Journey } from '../document/schema.ts';
import { asPath } from './path.ts';
import { whyUnreached } from './reasons.ts';
import { searchOf, targetsOf } from './search.ts';
import type { UsualQuiet } from './trip.ts';

/** One way through a journey, and what makes a contact take it. */
export interface Path {
  /** The last answer on the way, as reports call it. */
  leaf: string;
  /** All of the plan's leaves that it comes by, that one last. */
  leaves: string[];
  /** As a simulation's `--contact` file. */
  contact: Record<string, unknown>;
  /** What starts the run. */
  trigger: { on: Trigger; properties: Record<string, unknown> };
  /** As a simulation's `--events` file. */
  events: SimulationEvent[];
  /** Arms that the draw must give, by step: a seed is to be searched for. */
  arms: Record<string, string>;
  /** What webhooks that save their answer answer, by step. */
  webhooks: Record<string, unknown>;
  answers: { step: string; answer: string }[];
  /** Steps that do their work on it, in order. */
  steps: string[];
}

export interface Paths {
  paths: Path[];
  /** Steps that no path comes to, or that each passes by. */
  unreached: string[];
  /** Leaves that no path comes by. */
  unreachedLeaves: string[];
  /** Why, by step and by `<step>/<answer>`, where it is known. */
  reasons: ReadonlyMap<string, string>;
  /** `false`: there was more to cover than paths allowed. */
  complete: boolean;
}

export interface PathsOptions {
  /** When each run begins; milliseconds since the epoch. A working morning keeps clear of quiet hours. */
  start: number;
  /** IANA zone of the contacts; `UTC` when left out. */
  zone?: string;
  /** Definitions of segments that conditions name. One that is left out has no members. */
  segments?: Readonly<Record<string, { if: Condition }>>;
  /** The quiet hours of the client; none when left out. */
  usualQuiet?: UsualQuiet;
  /** Paths at most; 500 when left out. */
  atMost?: number;
}

/** Covers every branch, not every combination of branches. Pure: nothing is sent. */
export const enumeratePaths = (document: Journey, options: PathsOptions): Paths => {
  const plan = createPlan(document);
  const search = searchOf(plan, {
    document,
    zone: 'UTC',
    segments: {},
    usualQuiet: () => undefined,
    ...options,
  });
  const paths: Path[] = [];
  const covered = new Set<string>();
  const targets = targetsOf(plan);
  const failures = new Map<string, string>();
  for (const target of targets) {
    if (paths.length >= (options.atMost ?? 500)) break;
    if (covered.has(target.key)) continue;
    const { trip, why } = search(target, covered);
    if (why !== undefined) failures.set(target.key, why);
    for (const key of trip?.taken ?? []) covered.add(key);
    if (trip) paths.push(asPath(plan, trip));
  }
  const reasons = whyUnreached(plan, failures);
  return { paths, ...missing(plan, paths), reasons, complete: paths.length < (options.atMost ?? 500) };
};

/**
 * A way on which the steps named give these answers (index of the branch), with the contact for it;
 * `undefined` where none is found.
 */
export const pathWith = (
  document: Journey,
  answers: Readonly<Record<string, number>>,
  options: PathsOptions,
): Path | undefined => {
  const plan = createPlan(document);
  const forced = new Map(Object.entries(answers).map(([step, index]) => [step, `${step}/${index}`]));
  const search = searchOf(plan, {
    document,
    zone: 'UTC',
    segments: {},
    usualQuiet: () => undefined,
    ...options,
  });
  const { trip } = search({ key: '', forced }, new Set());
  return trip && asPath(plan, trip);
};

const missing = (plan: Plan, paths: readonly Path[]): Pick<Paths, 'unreached' | 'unreachedLeaves'> => {
  const steps = new Set(paths.flatMap((path) => path.steps));
  const leaves = new Set(paths.flatMap((path) => path.leaves));
  return {
    unreached: [...plan.nodes.values()]
      .filter(({ id, kind }) => kind !== 'end' && !steps.has(id))
      .map(({ id }) => id),
    unreachedLeaves: plan.leaves.filter(({ id }) => !leaves.has(id)).map(({ id }) => id),
  };
};
