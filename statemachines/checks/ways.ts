import type { JourneyView, StepEntry } from './view.ts';

/** The graph of a document that may be broken: which steps a run may come to from a step. */

/** How a search may leave a step: by every way, by its answers but not when its time is over, or not at all. */
export type Leaving = 'anyhow' | 'answered' | 'never';

/** Is there a way from one step to another, each step on it (the first included) left as it may be? */
export const waysBetween = (
  view: JourneyView,
  from: StepEntry,
  to: StepEntry,
  leaving: (entry: StepEntry) => Leaving,
): boolean => reachedFrom(view, [from], leaving).has(to);

/** Does the document lead runs elsewhere than on? Where not, order alone says what comes after what. */
export const hasJumps = ({ uses }: JourneyView): boolean =>
  uses.some((use) => 'leads' in use && use.leads === true);

/** May a run that was at the one come to the other later? Of a step and itself: is it in a loop? */
export const mayFollow = (view: JourneyView, from: StepEntry, to: StepEntry): boolean =>
  reachedFrom(view, nextOf(view, from, followers(view))).has(to);

/** Every step that a run may come to. */
const reachedFrom = (
  view: JourneyView,
  from: readonly StepEntry[],
  leaving: (entry: StepEntry) => Leaving = () => 'anyhow',
): ReadonlySet<StepEntry> => {
  const after = followers(view);
  const seen = new Set(from);
  // A Set also visits what is added during the visit.
  for (const entry of seen) for (const next of nextOf(view, entry, after, leaving(entry))) seen.add(next);
  return seen;
};

/** The step that follows in the same list, else what follows the step that holds the list. */
const followers = (view: JourneyView): Map<StepEntry, StepEntry | undefined> => {
  const after = new Map<StepEntry, StepEntry | undefined>();
  // Lists come before the lists within them, so the owner's own is known.
  for (const { steps, owner } of view.sequences)
    for (const [i, entry] of steps.entries()) after.set(entry, steps[i + 1] ?? (owner && after.get(owner)));
  return after;
};

const nextOf = (
  view: JourneyView,
  entry: StepEntry,
  after: ReadonlyMap<StepEntry, StepEntry | undefined>,
  leaving: Leaving = 'anyhow',
): StepEntry[] => {
  if (leaving === 'never') return [];
  const { parts, step } = entry;
  const branches = entry.branches.filter(
    ({ path }) => leaving === 'anyhow' || path[entry.path.length] !== 'otherwise',
  );
  const next = after.get(entry);
  const passes = entry.branches.length === 0 || parts.covered === false || step?.if !== undefined;
  return [
    ...branches.map(({ steps }) => steps[0] ?? next),
    ...(parts.uses ?? []).flatMap((use) => ('leads' in use && use.leads ? [view.byId.get(use.value)] : [])),
    ...(passes && !(parts.ends && !step?.if) ? [next] : []),
  ].filter((found) => found !== undefined);
};
