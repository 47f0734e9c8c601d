import type { Condition } from '#conditions/schema';
import type { AwaitedTrigger, Trigger } from '#conditions/triggers';
import { isObject } from '#kernel/json';
import type { At, Path, StepParts, Use } from '../steps/parts.ts';
import { definitionOf } from '../steps/registry.ts';
import type { Step, StepTypeName } from '../steps/schema.ts';
import { documentParts } from './document-parts.ts';
import { stepPathOf } from './places.ts';
import type { References } from './references.ts';

/** Steps of one branch, or of the top. */
export interface SequenceEntry {
  path: Path;
  steps: StepEntry[];
  owner?: StepEntry;
}

export interface StepEntry {
  path: Path;
  /** Place in the document: a smaller number is written earlier. */
  order: number;
  id?: string;
  type?: string;
  /** Only when nothing is wrong with the shape of the step's own members. */
  step?: Step;
  parts: StepParts;
  within: SequenceEntry;
  branches: SequenceEntry[];
}

export type Placed<T> = At<T> & { entry?: StepEntry };

/**
 * A document as rules see it. It may be broken: what has the wrong shape is left out here and was
 * told by the shape itself, so that one mistake never hides another or makes echoes.
 */
export interface JourneyView {
  raw: Record<string, unknown>;
  /** In document order. */
  steps: StepEntry[];
  sequences: SequenceEntry[];
  ofType(type: StepTypeName): StepEntry[];
  byId: ReadonlyMap<string, StepEntry>;
  conditions: Placed<Condition>[];
  triggers: Placed<Trigger | AwaitedTrigger>[];
  texts: Placed<string>[];
  uses: (Placed<string> & Use)[];
  lasts: Placed<string>[];
  references: References;
}

/** @param broken paths of everything whose shape is wrong */
export const createView = (
  raw: Record<string, unknown>,
  broken: readonly Path[],
  references: References,
): JourneyView => {
  const collector: Collector = { broken: brokenMembers(broken), steps: [], sequences: [] };
  collectSequence(raw.steps, ['steps'], undefined, collector);
  const { steps, sequences } = collector;
  const types = Map.groupBy(
    steps.filter((entry) => entry.step),
    (entry) => entry.type,
  );
  return {
    raw,
    steps,
    sequences,
    ofType: (type) => types.get(type) ?? [],
    byId: firstById(steps),
    ...allParts(steps, documentParts(raw, broken)),
    references,
  };
};

interface Collector {
  /** By path of the step: the members of it that are broken. */
  broken: Map<string, Set<Path[number]>>;
  steps: StepEntry[];
  sequences: SequenceEntry[];
}

const key = (path: Path): string => path.join('/');

const brokenMembers = (broken: readonly Path[]): Collector['broken'] => {
  const members: Collector['broken'] = new Map();
  for (const path of broken) {
    const step = stepPathOf(path);
    const found = members.get(key(step)) ?? new Set();
    members.set(key(step), found.add(path[step.length] ?? 'type'));
  }
  return members;
};

const collectSequence = (
  value: unknown,
  path: Path,
  owner: StepEntry | undefined,
  collector: Collector,
): void => {
  if (!Array.isArray(value)) return;
  const sequence: SequenceEntry = { path, steps: [], owner };
  collector.sequences.push(sequence);
  owner?.branches.push(sequence);
  for (const [i, step] of value.entries())
    if (isObject(step)) collectStep(step, [...path, i], sequence, collector);
};

const collectStep = (
  value: Record<string, unknown>,
  path: Path,
  within: SequenceEntry,
  collector: Collector,
): void => {
  const { id, type } = value;
  const broken = collector.broken.size === 0 ? undefined : collector.broken.get(key(path));
  const step = broken ? undefined : (value as unknown as Step);
  const entry: StepEntry = {
    path,
    order: collector.steps.length,
    ...(typeof id === 'string' && { id }),
    ...(typeof type === 'string' && { type }),
    ...(step && { step }),
    parts: partsOf(broken ? without(value, broken) : value),
    within,
    branches: [],
  };
  collector.steps.push(entry);
  within.steps.push(entry);
  for (const [inner, at] of sequencesIn(value)) collectSequence(inner, [...path, ...at], entry, collector);
};

/** A branch is an object with `steps`, alone in a member or in a list. */
const sequencesIn = (step: Record<string, unknown>): [unknown, Path][] =>
  Object.entries(step).flatMap(([name, member]): [unknown, Path][] => {
    if (isObject(member)) return 'steps' in member ? [[member.steps, [name, 'steps']]] : [];
    if (!Array.isArray(member)) return [];
    return member.flatMap((item, i): [unknown, Path][] =>
      isObject(item) && 'steps' in item ? [[item.steps, [name, i, 'steps']]] : [],
    );
  });

const without = (
  value: Record<string, unknown>,
  members: ReadonlySet<Path[number]>,
): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !members.has(name)));

const partsOf = (step: Record<string, unknown>): StepParts => {
  const parts = definitionOf(step.type)?.parts(step as Partial<Step>) ?? {};
  const own = step.if === undefined ? [] : [{ path: ['if'], value: step.if as Condition }];
  return { ...parts, conditions: [...own, ...(parts.conditions ?? [])] };
};

const firstById = (steps: readonly StepEntry[]): Map<string, StepEntry> => {
  const found = new Map<string, StepEntry>();
  for (const entry of steps) if (entry.id !== undefined && !found.has(entry.id)) found.set(entry.id, entry);
  return found;
};

const allParts = (steps: readonly StepEntry[], top: StepParts) => {
  const placed = <T>(pick: (parts: StepParts) => readonly At<T>[] | undefined): Placed<T>[] => [
    ...(pick(top) ?? []),
    ...steps.flatMap((entry) =>
      (pick(entry.parts) ?? []).map((part) => ({ ...part, path: [...entry.path, ...part.path], entry })),
    ),
  ];
  return {
    conditions: placed((parts) => parts.conditions),
    triggers: placed((parts) => parts.triggers),
    texts: placed((parts) => parts.texts),
    uses: placed((parts) => parts.uses) as (Placed<string> & Use)[],
    lasts: placed((parts) => parts.lasts),
  };
};
