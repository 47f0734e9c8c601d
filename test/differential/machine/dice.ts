import { derivedId, drawn, runId } from '#kernel/ids';
import type { Cause, Dice, RunName } from '../interpreter/story.ts';

/** The machine names runs and throws its dice by hashes; the same hashes are handed to the interpreter. */
export const diceOf = (contact: string): Dice => ({
  forRun: (run, step) => drawn(idOf(contact, run), step),
  forContact: (journey, step) => drawn(contact, journey, step),
});

export const happeningId = (number: number): string => `h${number}`;

const idOf = (contact: string, { journey, key, cause }: RunName): string =>
  runId(contact, journey, key, causeId(contact, cause));

const causeId = (contact: string, cause: Cause): string => {
  if (typeof cause === 'number') return happeningId(cause);
  const run = idOf(contact, cause.run);
  return cause.by === 'update'
    ? derivedId('change', run, cause.step, cause.visit)
    : `step-${derivedId(run, cause.step, cause.visit)}`;
};
