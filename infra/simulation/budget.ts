import type { Intercept } from '../local/services.ts';

export interface Limits {
  /** Of the machine that simulates, not of the journey. */
  milliseconds: number;
  /** Calls of the embedded services. */
  calls: number;
}

/** The walk was given up. */
export class TooMuchWork extends Error {
  override readonly name = 'TooMuchWork';
}

/** Without limits nothing is counted: who simulates at a desk may wait, and stop it. */
export const createBudget = (limits?: Limits) => {
  if (!limits) return { check: () => {}, intercept: undefined };
  const until = performance.now() + limits.milliseconds;
  let calls = 0;
  const intercept: Intercept = (_call, next) => {
    calls++;
    return next();
  };
  const check = (): void => {
    if (calls > limits.calls || performance.now() > until)
      throw new TooMuchWork(
        `The simulation was given up after ${calls} calls: the journey does too much, or too much happens to the contact.`,
      );
  };
  return { intercept, check };
};
