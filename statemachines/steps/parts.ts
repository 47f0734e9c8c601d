import type { Condition } from '#conditions/schema';
import type { AwaitedTrigger, Trigger } from '#conditions/triggers';
import { parseDuration, toMilliseconds } from '#kernel/durations';

/** From a step (or the document) to something in it. */
export type Path = readonly (string | number)[];

export interface At<T> {
  path: Path;
  value: T;
}

/** A name of something outside the step that it relies on. */
export type Use =
  | { kind: 'template'; channel: string }
  | { kind: 'team' }
  /** `leads`: the run may go on there. */
  | { kind: 'step'; leads?: true };

/**
 * What checks, pictures and reports need to know of a step without knowing its type.
 * Everything is optional: most steps have little of it. Branches are found without help: they are
 * the members that hold `steps`.
 */
export interface StepParts {
  conditions?: readonly At<Condition>[];
  triggers?: readonly At<Trigger | AwaitedTrigger>[];
  /** Liquid that is rendered for a contact. */
  texts?: readonly At<string>[];
  /** Names of templates, teams, steps. */
  uses?: readonly (At<string> & Use)[];
  /** How long the run stays here at most, as written. */
  lasts?: readonly At<string>[];
  /** The run stays here until something happens or its time is over. */
  waits?: boolean;
  /** What it waits for may have happened before: then it does not stay at all. */
  hearsPast?: boolean;
  /** It sends the contact a message, which can be opened and clicked. */
  sends?: boolean;
  /** Every run that comes here ends here. */
  ends?: boolean;
  /** `false`: the run may leave without taking a branch. */
  covered?: boolean;
}

/** The parts that are there: a member that was left out is no part. */
export const present = <T>(path: Path, value: T | undefined): At<T>[] =>
  value === undefined ? [] : [{ path, value }];

/** Every text in a value of JSON, with its place. */
export const textsIn = (path: Path, value: unknown): At<string>[] => {
  if (typeof value === 'string') return [{ path, value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    textsIn([...path, Array.isArray(value) ? Number(name) : name], inner),
  );
};

/** "0 seconds" is no wait; a text that is no duration is told by the shape. */
export const takesTime = (duration: string | undefined): boolean => {
  const length = duration === undefined ? undefined : parseDuration(duration);
  return length !== undefined && toMilliseconds(length) > 0;
};
