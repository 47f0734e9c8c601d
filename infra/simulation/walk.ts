import type { Trigger } from '#conditions/triggers';
import { offset, toMilliseconds } from '#kernel/durations';
import type { SimulationEvent } from '#model/simulation';
import type { Journey } from '#statemachines/document/schema';

interface Start {
  on: Trigger;
  properties: Record<string, unknown>;
}

/** One contact's way to be walked. */
export interface Walk {
  /** As the `--contact` file: fields, and `consent`, `tags`, `score`, `stage`, `timezone`. */
  contact: Record<string, unknown>;
  /** As the `--events` file. */
  events: readonly SimulationEvent[];
  /** What starts the run; the journey's first trigger when left out. */
  trigger?: Start | undefined;
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

/** Where nobody says what starts the run, the first trigger does, with the key that the journey asks for. */
export const startOf = ({ trigger }: Walk, { enter: { on, key = '' } }: Journey): Start =>
  trigger ?? { on: on[0]!, properties: keyedBy(key) };

const carried = 'trigger.properties.';
const keyedBy = (key: string): Record<string, unknown> =>
  key.startsWith(carried) ? nested(key.slice(carried.length).split('.'), 'simulated') : {};

const nested = ([name = '', ...rest]: string[], value: unknown): Record<string, unknown> => ({
  [name]: rest.length === 0 ? value : nested(rest, value),
});
