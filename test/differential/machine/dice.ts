import { iso } from '#kernel/clock';
import { derivedId, drawn, runId } from '#kernel/ids';
import type { Cause, Dice, RunName, Story } from '../interpreter/story.ts';

/** The machine names runs and throws its dice by hashes; the same hashes are handed to the interpreter. */
/** @param found where a run that time began is looked up: its event is named by the machine alone */
export const diceOf = (contact: string, found: Story = { runs: [] }): Dice => ({
  forRun: (run, step) => drawn(idOf({ contact, found }, run), step),
  forContact: (journey, step) => drawn(contact, journey, step),
});

export const happeningId = (number: number): string => `h${number}`;

interface Names {
  contact: string;
  found: Story;
}

const idOf = (names: Names, { journey, key, cause }: RunName): string =>
  typeof cause === 'object' && 'clock' in cause
    ? begunAt(names, journey, cause.clock)
    : runId(names.contact, journey, key, causeId(names, cause));

const begunAt = ({ found }: Names, journey: string, at: number): string =>
  found.runs.find((run) => run.journey === journey && run.startedAt === iso(at))?.id ?? '';

const causeId = (names: Names, cause: Exclude<Cause, { clock: number }>): string => {
  if (typeof cause === 'number') return happeningId(cause);
  const run = idOf(names, cause.run);
  return cause.by === 'update'
    ? derivedId('change', run, cause.step, cause.visit)
    : `step-${derivedId(run, cause.step, cause.visit)}`;
};
