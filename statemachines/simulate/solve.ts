import { compare } from '#conditions/compare';
import { evaluate } from '#conditions/evaluate';
import type { DidFact } from '#conditions/facts';
import type { Condition, DidCondition, MessageFact, Operators } from '#conditions/schema';
import { durationMs } from '#kernel/durations';
import { membersOf } from './members.ts';
import { between, valuesFor } from './values.ts';

/** What is known of the world when a condition is judged on the way. */
export interface Scene {
  /** Milliseconds since the epoch. */
  now: number;
  /** When the run began. */
  start: number;
  zone: string;
  /** The event that `trigger` reads: its parts that are fixed, and the name under which the rest is searched for. */
  trigger: { key: string; event: string; type: string };
  /** What the journey itself changed on the contact. */
  changed: Changed;
  /** Events that are certain by now. */
  did(event: string): readonly DidFact[];
  /** What became of a message: certain, impossible, or free to choose. */
  message(fact: MessageFact): boolean | undefined;
  /** Did a webhook save an answer under this name? What it says is free to choose. */
  saved(name: string): boolean;
  /** Definition of a segment, where it is known. */
  segment(id: string): Condition | undefined;
}

export interface Changed {
  fields: ReadonlyMap<string, unknown>;
  tags: ReadonlyMap<string, boolean>;
  score: number;
}

/** A condition that must hold, or must not, when the run comes by. */
export interface Demand {
  condition: Condition;
  holds: boolean;
  scene: Scene;
}

interface Unknown {
  tests: readonly ((value: unknown) => boolean)[];
  values: readonly unknown[];
  value: unknown;
}
/** By name: a value that passes all tests so far. */
export type Knowledge = ReadonlyMap<string, Unknown>;

/** Alternatives are tried one after the other, but not for ever. */
const mostTries = 5000;

/** Finds values for all that the demands leave open; `undefined` when it finds none. */
export const satisfy = (demands: readonly Demand[], knowledge: Knowledge): Knowledge | undefined =>
  search(demands, knowledge, { tries: 0 });

const search = (
  demands: readonly Demand[],
  knowledge: Knowledge,
  budget: { tries: number },
): Knowledge | undefined => {
  const [first, ...rest] = demands;
  if (!first) return knowledge;
  if (++budget.tries > mostTries) return undefined;
  const { condition, holds, scene } = first;
  if ('not' in condition)
    return search([{ condition: condition.not, holds: !holds, scene }, ...rest], knowledge, budget);
  const parts = 'all' in condition ? condition.all : 'any' in condition ? condition.any : undefined;
  if (!parts) return searchOne(first, rest, knowledge, budget);
  const demanded = parts.map((part) => ({ condition: part, holds, scene }));
  if ('all' in condition === holds) return search([...demanded, ...rest], knowledge, budget);
  return firstOf(demanded, (part) => search([part, ...rest], knowledge, budget));
};

const firstOf = <T, R>(items: readonly T[], attempt: (item: T) => R | undefined): R | undefined => {
  for (const item of items) {
    const result = attempt(item);
    if (result !== undefined) return result;
  }
  return undefined;
};

const searchOne = (
  demand: Demand,
  rest: readonly Demand[],
  knowledge: Knowledge,
  budget: { tries: number },
): Knowledge | undefined => {
  const { condition, holds, scene } = demand;
  const segment = 'segment' in condition ? scene.segment(condition.segment) : undefined;
  if (segment) return search([{ condition: segment, holds, scene }, ...rest], knowledge, budget);
  const found = constrained(demand, knowledge);
  return found && search(rest, found, budget);
};

const constrained = ({ condition, holds, scene }: Demand, knowledge: Knowledge): Knowledge | undefined => {
  const certain = certainty(condition, scene);
  if (certain !== undefined) return certain === holds ? knowledge : undefined;
  const { name, values, test } = questionOf(condition, scene);
  return learn(knowledge, name, values, (value) => test(value) === holds);
};

/** Adds a test to what is known of a name and picks a value that passes all of them. */
export const learn = (
  knowledge: Knowledge,
  name: string,
  values: readonly unknown[],
  test: (value: unknown) => boolean,
): Knowledge | undefined => {
  const known = knowledge.get(name);
  const tests = [...(known?.tests ?? []), test];
  const candidates = [...(known?.values ?? []), ...values];
  const tried = [...candidates, ...between(candidates)];
  // The value that fits may be `undefined`.
  const index = tried.findIndex((value) => tests.every((each) => each(value)));
  if (index < 0) return undefined;
  return new Map([...knowledge, [name, { tests, values: candidates, value: tried[index] }]]);
};

/** Conditions whose truth nothing chosen for the contact can change. */
const certainty = (condition: Condition, scene: Scene): boolean | undefined => {
  const { changed, trigger } = scene;
  if ('contact' in condition && changed.fields.has(condition.contact))
    return compare(changed.fields.get(condition.contact), condition, scene);
  if ('stage' in condition && changed.fields.has('stage'))
    return changed.fields.get('stage') === condition.stage;
  if ('tag' in condition) return changed.tags.get(condition.tag);
  if ('trigger' in condition && !condition.trigger.startsWith('properties.'))
    return compare({ ...trigger, key: undefined }[condition.trigger], condition, scene);
  if ('results' in condition && !scene.saved(condition.results.split('.')[0] ?? ''))
    return compare(undefined, condition, scene);
  if ('segment' in condition) return false;
  return 'message' in condition ? scene.message(condition) : undefined;
};

interface Question {
  name: string;
  values: readonly unknown[];
  test(value: unknown): boolean;
}

const questionOf = (condition: Condition, scene: Scene): Question => {
  if ('contact' in condition) return contactQuestion(condition.contact, condition, scene);
  if ('trigger' in condition)
    return comparison(`${scene.trigger.key}.${condition.trigger}`, condition, scene);
  if ('results' in condition) return comparison(`results.${condition.results}`, condition, scene);
  if ('score' in condition) return contactQuestion('score', condition.score, scene);
  if ('stage' in condition) return comparison('contact.stage', { is: condition.stage }, scene);
  if ('tag' in condition) return yesOrNo(`tag.${condition.tag}`);
  if ('consent' in condition) return yesOrNo(`consent.${condition.consent}`);
  if ('message' in condition) return yesOrNo(`message.${JSON.stringify(messageOf(condition))}`);
  if ('did' in condition) return didQuestion(condition, scene);
  throw new Error(`no way to bring about ${JSON.stringify(condition)}`);
};

export const messageOf = ({ message, was, link }: MessageFact): MessageFact => ({
  message,
  was,
  ...(link && { link }),
});

const yesOrNo = (name: string): Question => ({
  name,
  values: [false, true],
  test: (value) => value === true,
});

const comparison = (name: string, operators: Operators, scene: Scene): Question => ({
  name,
  values: valuesFor(operators, scene),
  test: (value) => compare(value, operators, scene),
});

/** The score is what the contact had, and what the journey added since. */
const contactQuestion = (field: string, operators: Operators, scene: Scene): Question => {
  const asked = comparison(`contact.${field}`, operators, scene);
  if (field !== 'score') return asked;
  const { score } = scene.changed;
  const before = (value: unknown) => (typeof value === 'number' ? value - score : value);
  const after = (value: unknown) => (typeof value === 'number' ? value + score : score);
  return {
    ...asked,
    values: [0 - score, ...asked.values].map(before),
    test: (value) => asked.test(after(value)),
  };
};

/** Events of the contact's own past, beside those that are certain. */
const didQuestion = (condition: DidCondition, scene: Scene): Question => ({
  name: `did.${condition.did}`,
  values: [[], ...repeated(condition, scene)],
  test: (extra) =>
    evaluate(condition, {
      contact: {},
      now: scene.now,
      zone: scene.zone,
      consent: () => false,
      inSegment: () => false,
      message: () => [],
      did: (event) => [...scene.did(event), ...(Array.isArray(extra) ? (extra as DidFact[]) : [])],
    }),
});

/** As often as any bound asks for, or once more or less. */
const repeated = (condition: DidCondition, scene: Scene): DidFact[][] => {
  const { is, above, atLeast, below, atMost } = condition.times ?? { atLeast: 1 };
  const bounds = [is, above, atLeast, below, atMost].filter((bound) => bound !== undefined);
  const times = bounds
    .flatMap((bound) => [bound, bound + 1, bound - 1])
    .filter((count) => count > 0 && count <= 100);
  const fact = { at: pastOf(condition, scene), properties: propertiesFor(condition, scene) };
  return times.map((count) => Array.from({ length: Math.round(count) }, () => fact));
};

const hour = 3_600_000;

/** Before the run began, so that no wait hears it, if that is not too long ago. */
const pastOf = ({ inLast }: DidCondition, { now, start }: Scene): number => {
  const back = inLast === undefined ? Number.POSITIVE_INFINITY : durationMs(inLast);
  return start - hour >= now - back ? start - hour : now - back / 2;
};

const propertiesFor = ({ did, where }: DidCondition, scene: Scene): Record<string, unknown> => {
  if (!where) return {};
  const asTrigger = { ...scene, trigger: { key: 'where', event: did, type: 'track' } };
  const found = satisfy([{ condition: where, holds: true, scene: asTrigger }], new Map());
  return found ? membersOf(found, 'where.properties.') : {};
};
