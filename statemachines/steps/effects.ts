import type { ConditionFacts } from '#conditions/facts';
import type { AwaitedTrigger } from '#conditions/triggers';
import type { Sending } from '#model/sending';

/** What a step decided, as data. Somebody else does it. */
export type StepEffect =
  | SendEffect
  | { kind: 'notify'; team: string; text: string }
  | TaskEffect
  | UpdateEffect
  /** An event of the contact; texts in its properties are Liquid. */
  | { kind: 'emit'; event: string; properties?: Record<string, unknown> | undefined }
  | { kind: 'enroll'; journey: string }
  | WebhookEffect
  /** Which branch or arm: its index, `-1` is otherwise; `answer` in the author's words. */
  | { kind: 'answer'; branch: number; answer: string }
  /** The run goes on at this instant (milliseconds since the epoch), or by an earlier answer. */
  | { kind: 'wait'; until: number }
  /** The run goes on with another step, at most so often; else with the one after this. */
  | { kind: 'jump'; atMost: number }
  /** The step's own `if` is not met: nothing is done, and that is counted. Always alone. */
  | { kind: 'skip' };

export interface SendEffect {
  kind: 'send';
  channel: 'email' | 'sms' | 'push';
  template?: string;
  text?: string;
  subject?: string;
  from?: string;
  link?: string;
  topic?: string;
  data?: Record<string, unknown>;
  /** The step's own rules; they win over those of the journey, member by member. */
  sending?: Sending;
}
export interface TaskEffect {
  kind: 'task';
  team: string;
  title: string;
  script?: string;
  dueSeconds?: number;
  outcomes?: string[];
  /** Milliseconds since the epoch: until when the answer is waited for. */
  openUntil?: number;
}
export interface WebhookEffect {
  kind: 'webhook';
  url: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers?: Record<string, string> | undefined;
  /** JSON; texts in it are Liquid. */
  body?: unknown;
  saveAs?: string | undefined;
}
export interface UpdateEffect {
  kind: 'update';
  set?: Record<string, unknown>;
  unset?: string[];
  addTags?: string[];
  removeTags?: string[];
  addScore?: number;
  stage?: string;
}

/** One thing that was heard: the event as conditions see it. */
export interface Heard {
  /** Milliseconds since the epoch. */
  at: number;
  trigger: { event: string; type: string; properties: Record<string, unknown> };
}

/** Decides what a step does now. Pure; asked again it says the same, or the answer that came meanwhile. */
export type Run<S> = (step: S, facts: RunFacts) => StepEffect[];

/** What `run` may know. Holds no store and no clock; everything was loaded before. */
export interface RunFacts {
  /** Milliseconds since the epoch. */
  now: number;
  /** IANA zone of the contact, else of the client. */
  zone: string;
  run: { id: string; journey: string; contact: string; startedAt: number };
  /** Contact, trigger, results and the lookups of conditions. */
  conditions: ConditionFacts;
  /** What of this kind was heard since then, in any order. `message` means messages of this run. */
  heard(on: AwaitedTrigger, since: number): readonly Heard[];
  /** When the run last came to that step; `undefined` if it did not. */
  reached(step: string): number | undefined;
  /** In a loop: until when that wait waited in an earlier round; absent where there are no rounds. */
  waitedUntil?: (step: string) => number | undefined;
  /** The arm that a test of this version was decided for; absent while nothing is known of one. */
  winner?: (step: string) => number | undefined;
  /** What a person answered to that task of this run, if anything yet. */
  outcome(step: string): string | undefined;
}
