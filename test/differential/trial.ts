import type { WorldOptions } from '#infra/local/world-options';
import { differences } from './compare.ts';
import { interpret } from './interpreter/interpret.ts';
import type { House } from './interpreter/people.ts';
import type { Case, Story } from './interpreter/story.ts';
import { clientTimezone as timezone } from './machine/client.ts';
import { diceOf } from './machine/dice.ts';
import { embedCase } from './machine/embed.ts';
import { contactId, play, playersOf } from './machine/play.ts';

/** What came of one case. */
export interface Verdict {
  given: Case;
  /** What the two tell differently; none where they agree. */
  differences: string[];
  /** Whether a happening or the end of a wait came first is not for anybody to say. */
  isTied: boolean;
  /** Whether our own event or the next step came first is not, either. */
  isRaced: boolean;
  /** Runs, as the interpreter tells them. */
  runs: Story['runs'];
}

/** A function keeps so many versions of journeys in mind; in larger worlds each event would read them all anew. */
export const casesInOneWorld = 24;

/** Both tell each case; many cases in one world. */
export const tryCases = async (cases: readonly Case[], options: WorldOptions = {}): Promise<Verdict[]> => {
  const marked = cases.map((given, i) => embedCase(given, `c${i}`));
  const stories = await play(playersOf(marked), options);
  return cases.map((given, i) => judge(given, marked[i]!, stories[i]!));
};

type Telling = Pick<House, 'delays' | 'order'>;

const judge = (given: Case, marked: Case, found: Story): Verdict => {
  const dice = diceOf(contactId(given.lot), found);
  const tell = (telling: Telling) => interpret(marked, { timezone, dice, ...telling });
  const [first, ...others] = extremes.map(tell) as [ReturnType<typeof tell>, ...ReturnType<typeof tell>[]];
  const isRaced = others.some((other) => differences(first, other).length > 0);
  const isTold = (telling: Telling) => differences(tell(telling), found).length === 0;
  return {
    given,
    differences: extremes.some(isTold) || (isRaced && tellings.some(isTold)) ? [] : differences(first, found),
    isTied: [first, ...others].some(({ isTied }) => isTied),
    isRaced,
    runs: first.runs,
  };
};

const orders = ['first-first', 'last-first', 'in-turn', 'as-they-enter'] as const;
const someDelays = [0, Number.POSITIVE_INFINITY, 1, 2, 3];

const extremes: readonly Telling[] = orders.flatMap((order) =>
  [[], [Number.POSITIVE_INFINITY]].map((delays) => ({ order, delays })),
);

/** Each of our own events may be heard late by as much as it likes; the first few do for all that was met. */
const tellings: readonly Telling[] = orders.flatMap((order) =>
  someDelays.flatMap((a) =>
    someDelays.flatMap((b) =>
      someDelays.flatMap((c) => someDelays.map((d) => ({ order, delays: [a, b, c, d] }))),
    ),
  ),
);

/** Differences that somebody has to answer for. */
export const isFailure = ({ differences: found, isTied }: Verdict): boolean => found.length > 0 && !isTied;
