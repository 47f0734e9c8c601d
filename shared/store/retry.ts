import { TransactionCanceledException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { TransactionRefused } from './table.ts';

const isConflict = (error: unknown): boolean =>
  error instanceof TransactionCanceledException || error instanceof TransactionConflictException;

/** Thrown by the work when what it had read is no longer so and it should look again. */
export class ReadAgain extends Error {
  override readonly name = 'ReadAgain';
}

const attempts = 6;

/**
 * Does optimistic work again while others are quicker. A `TransactionRefused` that the work did not
 * understand is not tried again.
 */
export const untilSettled = async <T>(work: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const again =
        error instanceof ReadAgain || (isConflict(error) && !(error instanceof TransactionRefused));
      if (!again || attempt === attempts) throw error;
    }
  }
};

const maxRounds = 10;

/** Of a pause: claims are checking the gates all the time, and each may be quicker; it must not give way. */
export const insistently = async (work: () => Promise<void>): Promise<void> => {
  for (let round = 1; round < maxRounds; round++)
    try {
      return await untilSettled(work);
    } catch (error) {
      if (error instanceof TransactionRefused) throw error;
    }
  return untilSettled(work);
};
