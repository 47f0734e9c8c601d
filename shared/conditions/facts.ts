import type { MessageState } from './schema.ts';

/** Something the contact did: an event by its name. */
export interface DidFact {
  /** Milliseconds since the epoch. */
  at: number;
  properties: Record<string, unknown>;
}

/** Everything that `evaluate` may know. Plain data and lookups over data that was loaded before. */
export interface ConditionFacts {
  /** The flat view of the contact, see `viewContact`: fields, `tags`, `score`, `stage`. */
  contact: Record<string, unknown>;
  trigger?: { event: string; type: string; properties: Record<string, unknown> };
  results?: Record<string, unknown>;
  /** Milliseconds since the epoch. */
  now: number;
  /** IANA zone in which days begin. */
  zone: string;
  /**
   * When time alone may take the score over, onto or off one of these numbers (milliseconds). Absent where
   * no score fades.
   */
  nextScoreChange?(thresholds: readonly number[]): number | undefined;
  /** By channel or topic. */
  consent(key: string): boolean;
  inSegment(id: string): boolean;
  /** All events of that name, in any order. */
  did(event: string): readonly DidFact[];
  /** What became of the messages of this run's step; opens and clicks by machines left out. */
  message(step: string, was: MessageState): readonly { at: number; link?: string }[];
}
