import type { Simulation } from '#model/simulation';
import { words } from '../../../words/words.ts';

const said = words.journeys.try;

/** One place on the way of a walk. */
export interface Stop {
  key: string;
  at: string;
  name: string;
  /** What happened there. */
  says: string;
}

/** In the order in which they happened; a message stands beside the step that sent it. */
export const stopsOf = (
  { timeline, sends, skipped }: Simulation,
  names: ReadonlyMap<string, string> = new Map(),
): Stop[] =>
  timeline.map(({ at, step, answer }, i) => {
    const sent = sends.find((one) => one.step === step && one.at === at);
    const left = skipped.find((one) => one.step === step && one.at === at);
    const says = [answer, left ? said.skipped(left.reason, left.missing) : sent?.subject]
      .filter(Boolean)
      .join(' · ');
    return { key: `${i}`, at, name: names.get(step) ?? step, says };
  });

/** Steps and answers (`step/answer`) up to a stop, for the tree. */
export const walkedTo = ({ timeline }: Simulation, last: number): Set<string> =>
  new Set(
    timeline
      .slice(0, last + 1)
      .flatMap(({ step, answer }) => (answer === undefined ? [step] : [step, `${step}/${answer}`])),
  );

export const endingOf = ({ ended, sends, start, end }: Simulation): string => {
  const how = said.ended[ended.how] ?? ended.how;
  const days = (Date.parse(end) - Date.parse(start)) / 86_400_000;
  const what = ended.as ?? ended.reason;
  return [
    what ? said.endedAs(how, what) : how,
    said.messages(sends.length),
    said.days(days.toFixed(1).replace(/\.0$/, '')),
  ].join(' · ');
};
