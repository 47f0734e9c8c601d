import { validation } from '../errors.ts';
import type { Place } from '../tables/keys.ts';

/** A text that only this place has. */
export const placeText = ({ pk, sk }: Place): string => JSON.stringify([columnText(pk), columnText(sk)]);
const columnText = (column: Place['pk']): string =>
  typeof column === 'string' ? column : Buffer.from(column).toString('hex');

/** @throws ValidationException */
export const refuseRepeats = (texts: readonly string[], message: string): void => {
  if (new Set(texts).size < texts.length) throw validation(message);
};
