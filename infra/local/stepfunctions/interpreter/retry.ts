import type { Catcher, Retrier } from '../definition/asl.ts';
import type { StateError } from './errors.ts';

const isTimeout = (error: string | undefined): boolean =>
  error === 'States.Timeout' || error === 'States.HeartbeatTimeout';

/** Neither wildcard matches what ends every execution. */
const isTerminal = (error: string | undefined): boolean =>
  error === 'States.DataLimitExceeded' || error === 'States.Runtime';

/** Whether a name in `ErrorEquals` stands for an error. */
export const matches = (name: string, { error }: StateError): boolean => {
  if (error === 'States.Runtime') return false;
  if (name === 'States.ALL') return !isTerminal(error);
  if (name === 'States.TaskFailed') return !isTerminal(error) && !isTimeout(error);
  if (name === 'States.Timeout') return isTimeout(error);
  return name === error;
};

const hears =
  (error: StateError) =>
  ({ ErrorEquals }: { ErrorEquals: readonly string[] }): boolean =>
    ErrorEquals.some((name) => matches(name, error));

/** The first retrier or catcher that hears the error: its index, or -1. */
export const indexOfFirst = (list: readonly (Retrier | Catcher)[] | undefined, error: StateError): number =>
  list?.findIndex(hears(error)) ?? -1;

/**
 * Milliseconds until retry number `attempt` (from 1): the interval grows by the rate, is capped, and with
 * full jitter is drawn between zero and that.
 */
export const retryDelay = (retrier: Retrier, attempt: number, random: () => number): number => {
  const { IntervalSeconds = 1, BackoffRate = 2, MaxDelaySeconds = Number.POSITIVE_INFINITY } = retrier;
  const seconds = Math.min(IntervalSeconds * BackoffRate ** (attempt - 1), MaxDelaySeconds, 99_999_999);
  const share = retrier.JitterStrategy === 'FULL' ? random() : 1;
  return Math.round(seconds * share * 1000);
};

export const maxAttempts = (retrier: Retrier): number => retrier.MaxAttempts ?? 3;
