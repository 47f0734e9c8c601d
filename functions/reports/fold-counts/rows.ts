import type { CountDelta } from '#store/runs/counters';

export const counterName = (step: string, what: string, which?: string | number): string =>
  which === undefined ? `${step}|${what}` : `${step}|${what}|${which}`;

/** Subjects that are no journeys: no journey may have such a name. */
export const everything = 'reports:all';
export const sources = 'reports:sources';
export const campaigns = 'reports:campaigns';
export const customers = 'reports:customers';
export const templateCounters = (id: string): string => `template:${id}`;
export const linkCounters = (journey: string): string => `links:${journey}`;

/** Where something is counted: a subject, and the day it belongs to. */
export interface Place {
  subject: string;
  version?: number;
  day?: string | undefined;
}

/** Counts of one item, by row. Each is a plain sum, so all can be folded in any order. */
export interface Rows {
  add(place: Place, name: string, n?: number): void;
  /** Of all time, and of the day. */
  addBoth(place: Place, name: string, n?: number): void;
  list(): CountDelta[];
}

export const createRows = (): Rows => {
  const rows = new Map<string, CountDelta & { counts: Map<string, number> }>();
  const add: Rows['add'] = ({ subject, version = 0, day }, name, n = 1) => {
    if (n === 0 || !Number.isFinite(n)) return;
    const key = `${subject}#${version}#${day ?? ''}`;
    const row = rows.get(key) ?? { journey: subject, version, day, counts: new Map<string, number>() };
    rows.set(key, row);
    row.counts.set(name, (row.counts.get(name) ?? 0) + n);
  };
  return {
    add,
    addBoth(place, name, n) {
      add({ ...place, day: undefined }, name, n);
      if (place.day !== undefined) add(place, name, n);
    },
    list: () => [...rows.values()],
  };
};

/** What is so now and not what has happened: it ends with its item. */
const gauges = new Set(['active', 'waiting', 'held', 'claimed', 'members', 'quarantined']);
export const isGauge = (name: string): boolean => gauges.has(name.split('|')[1] ?? '');

/** What the new image counts, less what the old one counted; rows in which nothing changed are left out. */
export const difference = (before: readonly CountDelta[], after: readonly CountDelta[]): CountDelta[] => {
  const rows = createRows();
  const put = (all: readonly CountDelta[], sign: 1 | -1): void => {
    for (const { journey: subject, version, day, counts } of all)
      for (const [name, n] of counts) rows.add({ subject, version, day }, name, sign * n);
  };
  put(after, 1);
  put(before, -1);
  return rows.list().flatMap((row) => {
    const counts = new Map([...row.counts].filter(([, n]) => n !== 0));
    return counts.size === 0 ? [] : [{ ...row, counts }];
  });
};
