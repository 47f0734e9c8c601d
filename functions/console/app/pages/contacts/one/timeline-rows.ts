import type { TimelineEntry } from '#functions/contacts/read-contact/timeline';
import type { IconName } from '../../../parts/icon.tsx';
import { date } from '../../../words/format.ts';

export const shownKinds = ['all', 'event', 'send', 'journey'] as const;
export type ShownKind = (typeof shownKinds)[number];

const kindsOf: Readonly<Record<ShownKind, readonly TimelineEntry['kind'][]>> = {
  ...{ all: ['event', 'run', 'step', 'send'], event: ['event'], send: ['send'], journey: ['run', 'step'] },
};

export const icons: Readonly<Record<TimelineEntry['kind'], IconName>> = {
  ...{ event: 'flag', run: 'tree', step: 'task', send: 'mail' },
};

export interface Day {
  day: string;
  entries: TimelineEntry[];
}

export const newestFirst = (entries: readonly TimelineEntry[], shown: ShownKind): TimelineEntry[] =>
  entries.filter(({ kind }) => kindsOf[shown].includes(kind)).reverse();

/** By the day of whoever reads it, in the order in which they come. */
export const daysOf = (entries: readonly TimelineEntry[]): Day[] => {
  const days: Day[] = [];
  for (const entry of entries) {
    const day = date(entry.at);
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days;
};

/** The message that an entry tells of, where there is one to look at. */
export const messageIn = ({ kind, id, details }: TimelineEntry): string | undefined =>
  kind === 'send' && details.channel !== 'team' ? id : undefined;
