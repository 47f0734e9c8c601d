import { type Person, people } from './people.ts';
import { afterMs, notYet, type Visitor } from './visitor.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

interface Appointment {
  at: number;
  /** Answers `notYet` when the message that this waits for has not come: it is tried again. */
  act: () => Promise<unknown>;
}

/** Everybody comes, does what they do, and the clock runs until no run is under way. */
export const play = async (
  visitor: Visitor,
  start: number,
  progress: (done: number, of: number, what: string) => void,
): Promise<void> => {
  const agenda = appointments(visitor, start);
  const all = agenda.length;
  const patience = start + 30 * day;
  for (let done = 0; agenda.length > 0; ) {
    agenda.sort((a, b) => a.at - b.at);
    const next = agenda.shift()!;
    await visitor.clockTo(next.at);
    const later = next.at + 2 * hour;
    if ((await next.act()) === notYet && later < patience) agenda.push({ ...next, at: later });
    else progress(++done, all, new Date(next.at).toISOString().slice(0, 10));
  }
  for (let at = patience; (await visitor.runsUnderWay()) > 0; at += 5 * day) {
    if (at > start + 365 * day) throw new Error('After a year on the clock some runs have still not ended.');
    await visitor.clockTo(at);
  }
};

const appointments = (visitor: Visitor, start: number): Appointment[] =>
  people.flatMap((person: Person, i) => {
    const arrival = start + i * 11 * minute;
    return [
      { at: arrival, act: () => visitor.comes(person, arrival) },
      ...person.does.map((deed) => ({ at: arrival + afterMs(deed), act: () => visitor.does(person, deed) })),
    ];
  });
