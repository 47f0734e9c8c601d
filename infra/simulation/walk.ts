import type { Trigger } from '#conditions/triggers';
import { offset, toMilliseconds } from '#kernel/durations';
import type { SimulationEvent } from '#model/simulation';

/** One contact's way to be walked. */
export interface Walk {
  /** As the `--contact` file: fields, and `consent`, `tags`, `score`, `stage`, `timezone`. */
  contact: Record<string, unknown>;
  /** As the `--events` file. */
  events: readonly SimulationEvent[];
  /** What starts the run; the journey's first trigger when left out. */
  trigger?: { on: Trigger; properties: Record<string, unknown> } | undefined;
  /** What webhooks answer, by step; `{}` when left out. */
  answers?: Readonly<Record<string, unknown>> | undefined;
  /** When the contact comes, after the start; at once when left out. */
  delayMs?: number | undefined;
  /** Arms that the draw must give, by step. */
  arms?: Readonly<Record<string, string>> | undefined;
}

/** `"+1 day"` is 24 hours after the start. */
export const timeOf = (at: string, start: number): number =>
  /^[+-]/.test(at) ? start + toMilliseconds(offset(at)) : Date.parse(at);
