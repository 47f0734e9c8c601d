import type { Issue } from './issue.ts';
import { shortened } from './words.ts';

/**
 * Program errors. Their names are the contract with the `Retry` and `Catch` of every compiled
 * machine (`statemachines/compile`), so a rename is a change of wire format.
 */

/** The step may not happen yet (quiet hours, paused journey, pacing). The machine waits and comes back. */
export class Held extends Error {
  override readonly name = 'Held';
  readonly step: string;
  readonly seconds: number;
  readonly reason: string;
  /** @param seconds whole seconds until the next try, at least 1 */
  constructor(step: string, seconds: number, reason: string) {
    super(JSON.stringify({ step, seconds: Math.max(1, Math.ceil(seconds)), reason }));
    this.step = step;
    this.seconds = Math.max(1, Math.ceil(seconds));
    this.reason = reason;
  }
}

/** The run was ended meanwhile (exit rule, goal, erasure, archive): the machine goes to its quiet end. */
export class Ended extends Error {
  override readonly name = 'Ended';
}

/** The caller sent something that cannot be accepted; becomes an RFC 9457 answer. Its text is shown. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly code: string;
  readonly issues: readonly Issue[];
  readonly headers: Readonly<Record<string, string>>;
  /**
   * @param status HTTP status, 4xx
   * @param code kebab-case, stable
   * @param message for people; says what to change; never echoes input as markup
   */
  constructor(
    status: number,
    code: string,
    message: string,
    options: { issues?: readonly Issue[]; headers?: Readonly<Record<string, string>>; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.status = status;
    this.code = code;
    this.issues = options.issues ?? [];
    this.headers = options.headers ?? {};
  }
}

/** 404 for a document that is named in an address or a body: `unknown-journey`, `There is no journey "helo".` */
export const noSuch = (what: string, name: string): Refusal =>
  new Refusal(404, `unknown-${what}`, `There is no ${what} "${shortened(name)}".`);
