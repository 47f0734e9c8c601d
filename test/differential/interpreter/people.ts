import type { Journey } from '#statemachines/document/schema';
import type { Change, Contact } from './contact.ts';
import type { Cause, Dice, Properties, RunName, Told, Visit } from './story.ts';
import type { Tree } from './tree.ts';

/** What the interpreter keeps in its head. */

export interface Heard {
  cause: Cause;
  at: number;
  type: 'track' | 'form' | 'identify' | 'change' | 'manual' | 'message' | 'task' | 'date';
  name: string;
  properties: Properties;
  /** How many of our own doings led here. */
  depth: number;
  change: Change;
  message?: { run: Run; step: string; was: Told; machine: boolean };
  task?: { run: Run; step: string; visit: number; outcome: string };
  handedBy?: Visit;
}

export interface Run {
  name: RunName;
  document: Journey;
  tree: Tree;
  startedAt: number;
  trigger: { event: string; type: string; properties: Properties };
  depth: number;
  /** The step that comes next; undefined: the end. */
  at: string | undefined;
  visit: number;
  /** How often each `goto` was taken. */
  jumps: Record<string, number>;
  waiting?: Waiting | undefined;
  /** When each wait last came to its end. */
  waitedUntil: Record<string, number>;
  /** When the step that is held was first reached. */
  heldSince?: number | undefined;
  isWalking: boolean;
  path: Visit[];
  ended?: { at: string; how: string; as?: string; step?: string };
  converted?: string;
}

export interface Waiting {
  kind: 'wait' | 'waitFor' | 'task' | 'hold';
  step: string;
  visit: number;
  until: number;
  /** What was written of it. */
  entry: Visit | undefined;
}

/** A client as far as it matters. */
export interface House {
  timezone: string;
  /** Journeys in the order in which they hear. */
  journeys: readonly Journey[];
  segments: Record<string, object>;
  dice: Dice;
  /**
   * After how many further steps each of our own events is heard, the first first: nobody can promise
   * that it is at once. What is over is as the last one.
   */
  delays: readonly number[];
  /** Runs that go on in one instant: one after the other, the last first, each a step in turn, or each before the next one begins. */
  order: 'first-first' | 'last-first' | 'in-turn' | 'as-they-enter';
}

/** The contact, and all that is known. */
export interface Life {
  house: House;
  now: number;
  contact: Contact;
  inSegments: Set<string>;
  heard: Heard[];
  /** Caused by our own steps, not yet heard, with the steps that are still taken before. */
  pending: { event: Heard; delay: number }[];
  /** How many there were. */
  caused: number;
  runs: Run[];
  /** When messages that count for caps were sent, by channel. */
  sentAt: Record<string, number[]>;
  /** A happening and the end of a wait fell on one instant: either may come first. */
  isTied: boolean;
}

export const iso = (ms: number): string => new Date(ms).toISOString();
