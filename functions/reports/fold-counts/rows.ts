import type { CountDelta } from '#store/runs/counters';

export const counterName = (step: string, what: string, which?: string | number): string =>
  which === undefined ? `${step}|${what}` : `${step}|${what}|${which}`;

/** Subjects that are no journeys: no journey may have such a name. */
export const everything = 'reports:all';
export const sources = 'reports:sources';
export const campaigns = 'reports:campaigns';
export const customers = 'reports:customers';
/** By the first day of the cohort's month: what its customers brought and whether they stayed, by month. */
export const cohortCounters = 'reports:cohorts';
export const cohortDay = (cohort: string): string => `${cohort}-01`;
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

type Row = CountDelta & { counts: Map<string, number> };

const keyOf = (subject: string, version: number, day: string | undefined): string =>
  day === undefined ? `${subject}#${version}` : `${subject}#${version}#${day}`;

export const createRows = (): Rows => {
  const rows = new Map<string, Row>();
  const addTo = (place: Place, day: string | undefined, name: string, n: number): void => {
    const { subject, version = 0 } = place;
    const key = keyOf(subject, version, day);
    let row = rows.get(key);
    if (!row) {
      row = { journey: subject, version, day, counts: new Map<string, number>() };
      rows.set(key, row);
    }
    row.counts.set(name, (row.counts.get(name) ?? 0) + n);
  };
  const counts = (n: number): boolean => n !== 0 && Number.isFinite(n);
  return {
    add(place, name, n = 1) {
      if (counts(n)) addTo(place, place.day, name, n);
    },
    addBoth(place, name, n = 1) {
      if (!counts(n)) return;
      addTo(place, undefined, name, n);
      if (place.day !== undefined) addTo(place, place.day, name, n);
    },
    list: () => [...rows.values()],
  };
};

/** What is so now and not what has happened: it ends with its item. */
const gauges = new Set(['active', 'waiting', 'held', 'claimed', 'members', 'quarantined']);
export const isGauge = (name: string): boolean => gauges.has(name.split('|')[1] ?? '');

const less = (counts: CountDelta['counts'], old: CountDelta['counts'] | undefined): Map<string, number> => {
  const left = new Map<string, number>();
  for (const [name, n] of counts) {
    const more = n - (old?.get(name) ?? 0);
    if (more !== 0) left.set(name, more);
  }
  for (const [name, n] of old ?? []) if (n !== 0 && !counts.has(name)) left.set(name, -n);
  return left;
};

const nothing: CountDelta['counts'] = new Map();

/** What the new image counts, less what the old one counted; rows in which nothing changed are left out. */
export const difference = (before: readonly CountDelta[], after: readonly CountDelta[]): CountDelta[] => {
  const olds = new Map(before.map((row) => [keyOf(row.journey, row.version, row.day), row]));
  const rows: CountDelta[] = [];
  const put = (row: CountDelta, counts: Map<string, number>) => {
    if (counts.size > 0) rows.push({ ...row, counts });
  };
  for (const row of after) {
    const key = keyOf(row.journey, row.version, row.day);
    put(row, less(row.counts, olds.get(key)?.counts));
    olds.delete(key);
  }
  for (const row of olds.values()) put(row, less(nothing, row.counts));
  return rows;
};
