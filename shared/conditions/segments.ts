import type { Condition } from './schema.ts';
import { walkCondition } from './walk.ts';

/** Segments as the catalogue keeps them, by id. */
export type SegmentConditions = ReadonlyMap<string, { if: Condition }>;

const segmentsIn = (condition: Condition): string[] => {
  const found: string[] = [];
  walkCondition(condition, (inner) => {
    if ('segment' in inner) found.push(inner.segment);
  });
  return found;
};

/** The segment and all that it names, by whatever way; those that do not exist too. */
export const closureOf = (id: string, segments: SegmentConditions): Set<string> => {
  const found = new Set([id]);
  for (const each of found) {
    const condition = segments.get(each)?.if;
    for (const named of condition ? segmentsIn(condition) : []) found.add(named);
  }
  return found;
};

/**
 * The way from a segment back to itself, such as `["a", "b", "a"]`; undefined where there is none.
 * A way that leads into somebody else's circle is that one's mistake.
 */
export const circleOf = (id: string, segments: SegmentConditions): string[] | undefined => {
  const cameFrom = new Map<string, string>();
  const open = [id];
  for (const each of open)
    for (const named of segmentsIn(segments.get(each)?.if ?? { any: [] })) {
      if (named === id) return [...wayTo(each, cameFrom), id];
      if (cameFrom.has(named)) continue;
      cameFrom.set(named, each);
      open.push(named);
    }
  return undefined;
};

const wayTo = (id: string, cameFrom: ReadonlyMap<string, string>): string[] => {
  const before = cameFrom.get(id);
  return before === undefined ? [id] : [...wayTo(before, cameFrom), id];
};

const sounds = new WeakMap<SegmentConditions, SegmentConditions>();

/**
 * The segments that select somebody. One that leads into a circle, or to a segment that does not exist,
 * selects nobody, also where it says "not": an unknown filter must never become "everybody".
 */
export const soundSegments = (segments: SegmentConditions): SegmentConditions => {
  const known = sounds.get(segments);
  if (known) return known;
  const circular = new Set([...segments.keys()].filter((id) => circleOf(id, segments)));
  const isSound = (id: string): boolean => segments.has(id) && !circular.has(id);
  const sound = new Map([...segments].filter(([id]) => [...closureOf(id, segments)].every(isSound)));
  sounds.set(segments, sound);
  return sound;
};

/** Does the condition name, by whatever way, only segments that select somebody? */
export const isSound = (condition: Condition, segments: SegmentConditions): boolean =>
  segmentsIn(condition).every((id) => soundSegments(segments).has(id));
