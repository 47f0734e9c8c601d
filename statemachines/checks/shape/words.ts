import { oneOf } from '#kernel/words';
import { didYouMean } from '../words.ts';

/** "did you mean …?", else the list of what is allowed. */
export const suggest = (name: string, allowed: readonly string[], otherwise?: string): string | undefined =>
  didYouMean(name, allowed, otherwise ?? listed(allowed));

const listed = (allowed: readonly string[]): string | undefined =>
  allowed.length > 0 && allowed.length <= 24 ? `write ${oneOf(allowed)}` : undefined;
