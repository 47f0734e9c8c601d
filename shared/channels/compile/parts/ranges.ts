import type { Source, Spot } from '../weave.ts';
import type { MacroTag } from './macro-tags.ts';

/** A piece of a source. */
export interface Range {
  from: number;
  to: number;
}

/** Takes a mistake of the author down. */
export type Complain = (
  code: 'invalid-render' | 'invalid-block' | 'unknown-partial',
  spot: Spot,
  message: string,
  hint?: string,
) => void;

export const whole = ({ text }: Source): Range => ({ from: 0, to: text.length });

/** Editors end a file with a line that is no part of what it says. */
export const withoutLastLine = ({ text }: Source): Range => ({ from: 0, to: text.trimEnd().length });

export const spotOf = (source: Source, { start }: MacroTag): Spot => ({ source, offset: start });

/** Where the text goes on behind a tag. */
export const behind = (text: string, { end, trimsAfter }: MacroTag): number =>
  trimsAfter ? end + (/^\s*/.exec(text.slice(end))?.[0].length ?? 0) : end;
