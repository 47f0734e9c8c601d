import { AwsError } from '../../aws-error.ts';
import { validation } from '../errors.ts';

interface Iterator {
  arn: string;
  /** Sequence of the last record read. */
  after: number;
  /** When it was given out. */
  at: number;
}

const lifetimeMs = 15 * 60 * 1000;

export const formIterator = (iterator: Iterator): string =>
  Buffer.from(JSON.stringify(iterator)).toString('base64url');

/** @throws ExpiredIteratorException, ValidationException */
export const readIterator = (text: string | undefined, now: number): Iterator => {
  const iterator = parse(text ?? '');
  if (!iterator) throw validation('Invalid ShardIterator');
  if (now - iterator.at > lifetimeMs)
    throw new AwsError(
      'ExpiredIteratorException',
      'Iterator expired. The iterator was given out too long ago',
    );
  return iterator;
};

const parse = (text: string): Iterator | undefined => {
  try {
    const { arn, after, at } = JSON.parse(Buffer.from(text, 'base64url').toString()) as Iterator;
    return typeof arn === 'string' && Number.isSafeInteger(after) && Number.isFinite(at)
      ? { arn, after, at }
      : undefined;
  } catch {
    return undefined;
  }
};
