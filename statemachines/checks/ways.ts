import type { JourneyView, StepEntry } from './view.ts';

/** The graph of a document that may be broken: which steps a run may come to from a step. */

/** Is there a way from one step to another on which no step (the first included) stops the search? */
export const waysBetween = (
  view: JourneyView,
  from: StepEntry,
  to: StepEntry,
  stops: (entry: StepEntry) => boolean = () => false,
): boolean => {
  const seen = reachedFrom(view, [from], stops);
  return seen.has(to);
};

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
  stops: (entry: StepEntry) => boolean = () => false,
): ReadonlySet<StepEntry> => {
  const after = followers(view);
  const seen = new Set(from);
  // A Set also visits what is added during the visit.
  for (const entry of seen) if (!stops(entry)) for (const next of nextOf(view, entry, after)) seen.add(next);
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
): StepEntry[] => {
  const { parts, branches, step } = entry;
  const next = after.get(entry);
  const passes = branches.length === 0 || parts.covered === false || step?.if !== undefined;
  return [
    ...branches.map(({ steps }) => steps[0] ?? next),
    ...(parts.uses ?? []).flatMap((use) => ('leads' in use && use.leads ? [view.byId.get(use.value)] : [])),
    ...(passes && !(parts.ends && !step?.if) ? [next] : []),
  ].filter((found) => found !== undefined);
};
