import { plural } from '#kernel/words';
import type { Journey, Step } from '../document/schema.ts';
import { describeStep } from '../steps/registry.ts';
import { allSteps } from '../steps/sequences.ts';
import { branchChanges, branchesOf } from './branches.ts';
import type { Change } from './change.ts';
import { isSame } from './equal.ts';
import { kept } from './kept.ts';
import { wordsOfMember } from './words.ts';

interface Placed {
  step: Step;
  /** Steps of the sequence it stands in. */
  siblings: readonly Step[];
  /** The sequence in words: ` in "Yes" of "size"`; empty for the top. */
  within: string;
  /** Id of the step that holds the sequence. */
  owner?: string;
}

const subjectOf = ({ id, type }: Pick<Step, 'id' | 'type'>): string => `${type} "${id}"`;

/** Changes of all steps: what was removed, then the rest in the order of the newer document. */
export const stepChanges = (before: Journey, after: Journey): Change[] => {
  const [old, now] = [placed(before.steps), placed(after.steps)];
  const stays = (id: string): boolean => old.get(id)?.step.type === now.get(id)?.step.type;
  const present = [...now.values()].flatMap((place): Change[] => {
    const earlier = old.get(place.step.id);
    return earlier && stays(place.step.id) ? comparison(earlier, place) : [added(place, earlier)];
  });
  const gone = [...old.values()].filter(({ step }) => !now.has(step.id));
  const roots = gone.filter(({ owner }) => owner === undefined || now.has(owner));
  return [...roots.map(removed), ...present.filter((change) => change.says !== '')];
};

const placed = (
  steps: readonly Step[],
  at: Pick<Placed, 'within' | 'owner'> = { within: '' },
  found = new Map<string, Placed>(),
): Map<string, Placed> => {
  for (const step of steps) {
    found.set(step.id, { step, siblings: steps, ...at });
    for (const branch of branchesOf(step))
      placed(branch.steps, { within: ` in "${branch.words}" of "${step.id}"`, owner: step.id }, found);
  }
  return found;
};

const removed = ({ step, within }: Placed): Change => {
  const inner = allSteps([step]).length - 1;
  const more = inner > 0 ? `, with the ${plural(inner, 'step')} in it` : '';
  return {
    kind: 'removed',
    step: step.id,
    subject: subjectOf(step),
    says: `is gone (${describeStep(step)})${within}${more}`,
  };
};

const added = ({ step, siblings, within }: Placed, earlier: Placed | undefined): Change => {
  const instead = earlier ? ` instead of ${subjectOf(earlier.step)}` : '';
  const says = `is new (${describeStep(step)})${instead}, ${position(step, siblings)}${within}`;
  return { kind: 'added', step: step.id, subject: subjectOf(step), says };
};

const position = (step: Step, siblings: readonly Step[]): string => {
  const previous = siblings[siblings.indexOf(step) - 1];
  if (previous) return `after "${previous.id}"`;
  return siblings.length > 1 ? 'at the beginning' : 'alone';
};

const comparison = (earlier: Placed, place: Placed): Change[] => {
  const { step } = place;
  const own = { step: step.id, subject: subjectOf(step) };
  const move: Change[] = hasMoved(earlier, place)
    ? [
        {
          kind: 'moved',
          ...own,
          says: `moved: it now comes ${position(step, place.siblings)}${place.within}`,
        },
      ]
    : [];
  const says = [...memberChanges(earlier.step, step), ...branchChanges(earlier.step, step)];
  return [...move, ...says.map((words): Change => ({ kind: 'changed', ...own, says: words }))];
};

/** Steps that keep their order among those that stayed have not moved, wherever others came and went. */
const hasMoved = (earlier: Placed, place: Placed): boolean =>
  earlier.within !== place.within || !keptIn(earlier.siblings, place.siblings).has(place.step.id);

const keptIn = (before: readonly Step[], after: readonly Step[]): ReadonlySet<string> => {
  const known = keptBySequence.get(after);
  if (known?.before === before) return known.same;
  const ids = (steps: readonly Step[]): string[] => steps.map(({ id }) => id);
  const same = kept(ids(before), ids(after));
  keptBySequence.set(after, { before, same });
  return same;
};
/** Each step of a sequence asks for the same comparison. */
const keptBySequence = new WeakMap<readonly Step[], { before: readonly Step[]; same: ReadonlySet<string> }>();

const apart = new Set(['id', 'type', 'branches', 'arms', 'otherwise']);

const memberChanges = (before: Step, after: Step): string[] => {
  const [old, now] = [before, after] as unknown as Record<string, unknown>[];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => !apart.has(name) && !isSame(old?.[name], now?.[name]))
    .map((name) => wordsOfMember(name, old?.[name], now?.[name]));
};
