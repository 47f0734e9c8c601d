import type { Journey } from '#statemachines/document/schema';

/** What is told of one contact: the same shape by the interpreter and by the machine. */

export type Properties = Record<string, unknown>;

/** Something that happens to the contact, or to a journey. `at` is an instant of ISO 8601. */
export type Happening = { at: string } & (
  | { event: string; properties?: Properties }
  | { form: string; properties?: Properties }
  | { identify: Properties }
  | { edit: Edit }
  | { message: string; was: Told; machine?: boolean }
  | { task: string; outcome: string }
  | { enrol: string; properties?: Properties }
);
export type Told = 'delivered' | 'opened' | 'clicked' | 'bounced' | 'complained' | 'unsubscribed';

/** A person's edit of a contact. */
export interface Edit {
  set?: Properties;
  unset?: string[];
  addTags?: string[];
  removeTags?: string[];
  addScore?: number;
  stage?: string;
}

/** One contact, the journeys it may come through, and its history. */
export interface Case {
  /** What this case once found. */
  about?: string;
  /** Names the contact, and with it the runs and what the dice say of them. */
  lot: number;
  /** Since when the contact is known; ISO 8601. */
  start: string;
  contact: Properties;
  segments?: Record<string, object>;
  journeys: Journey[];
  happenings: Happening[];
}

/** One visit of one step. */
export interface Visit {
  /** ISO 8601. */
  at: string;
  step: string;
  /** Which round of the loops. */
  visit: number;
  /** Index of the branch or arm; -1 is otherwise. */
  answer?: number;
  skipped?: string;
  /** The message that went out. */
  sent?: string;
}

export interface RunStory {
  /** As the machine calls it. */
  id?: string;
  journey: string;
  startedAt: string;
  path: Visit[];
  ended: { at: string; how: string; as?: string; step?: string } | 'running';
  converted?: string;
}

export interface Story {
  runs: RunStory[];
}

/** What set something going: a happening of the case by its number, time itself, or a step of a run. */
export type Cause =
  | number
  | { clock: number }
  | { run: RunName; step: string; visit: number; by: 'update' | 'event' };

/** A run is named by what it is, so that the dice can be thrown for it. */
export interface RunName {
  journey: string;
  key: string;
  cause: Cause;
}

/** The dice: a draw from 0 to under 1. They are thrown elsewhere, so that both sides read the same. */
export interface Dice {
  forRun(run: RunName, step: string): number;
  forContact(journey: string, step: string): number;
}
