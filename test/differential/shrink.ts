import { isValid } from './cases/cases.ts';
import type { Case } from './interpreter/story.ts';

/**
 * Smaller cases that still fail, as far as the patience goes: one part after the other is left out of the
 * whole, journeys before steps before members. Many are tried at once, as many fit into one world.
 */
export const shrink = async (
  given: Case,
  {
    fails,
    atOnce,
    patience,
  }: { fails(cases: readonly Case[]): Promise<boolean[]>; atOnce: number; patience: number },
): Promise<Case> => {
  let smallest = given;
  let from = 0;
  for (let tries = 0; tries < patience; tries++) {
    const candidates: { smaller: Case; next: number }[] = [];
    const all = partsOf(smallest);
    let i = from;
    for (; i < all.length && candidates.length < atOnce; i++) {
      const smaller = without(smallest, all[i]!);
      // In one world nobody may be there twice; another lot is another draw, and kept with the case.
      smaller.lot += candidates.length;
      if (isCase(smaller)) candidates.push({ smaller, next: i });
    }
    if (candidates.length === 0) break;
    const failing = await fails(candidates.map(({ smaller }) => smaller));
    const found = candidates[failing.indexOf(true)];
    if (found) smallest = found.smaller;
    from = found ? found.next : i;
    if (from >= all.length && found) from = 0;
  }
  return smallest;
};

type Path = readonly (string | number)[];
const kept = new Set(['lot', 'start', 'about']);

/** Large parts come before what they hold. */
const partsOf = (value: unknown, path: Path = []): Path[] => {
  if (typeof value !== 'object' || value === null) return [];
  const members = Object.entries(value).filter(([name]) => path.length > 0 || !kept.has(name));
  const own = members.map(([name]) => [...path, Array.isArray(value) ? Number(name) : name]);
  return [
    ...own.toReversed().filter(() => path.length > 0),
    ...members.flatMap(([, each], i) => partsOf(each, own[i]!)),
  ];
};

const without = (given: Case, path: Path): Case => {
  const copy = structuredClone(given);
  let holder = copy as unknown as Record<string | number, never>;
  for (const name of path.slice(0, -1)) holder = holder[name]!;
  const last = path.at(-1)!;
  if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else delete holder[last];
  return copy;
};

const isCase = (given: Case): boolean => {
  try {
    const { journeys, happenings, contact } = given;
    const isWhole =
      journeys.length > 0 &&
      happenings.every((each) => each.at !== undefined && Object.keys(each).length > 1);
    return isWhole && Array.isArray(contact.consent ?? []) && happenings.every(isHappening) && isValid(given);
  } catch {
    return false;
  }
};

/** Whole, or left out. */
const isHappening = (happening: Case['happenings'][number]): boolean => {
  if ('task' in happening || 'outcome' in happening) return 'task' in happening && 'outcome' in happening;
  if ('message' in happening || 'was' in happening) return 'message' in happening && 'was' in happening;
  return ['event', 'form', 'identify', 'edit', 'enrol'].some((name) => name in happening);
};
