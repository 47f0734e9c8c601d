import * as z from 'zod';
import type { HttpRequest } from '#http/request';
import { iso } from '#kernel/clock';
import { Refusal } from '#kernel/errors';
import { type Definitions, definitionsOf } from '#model/report-settings';
import { addDays, dayIn, daysBetween } from '#policy/reports/calendar';
import { catalogueOf } from '#store/catalogue/catalogue';
import { readBooks, readingOf } from '#store/runs/books';
import type { Days } from '#store/runs/counters';
import type { Store } from '#store/store';

export const rangeSchema = z
  .object({ from: z.string(), to: z.string(), timezone: z.string() })
  .describe('Days of the calendar of that zone, both included');
export type Range = Days & { timezone: string };

const usualDays = 30;
const mostDays = 800;
const dayShape = /^\d{4}-\d{2}-\d{2}$/;

const invalid = (message: string): Refusal => new Refusal(400, 'invalid-query', message);

const dayOf = (query: URLSearchParams, name: string): string | undefined => {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  const ms = Date.parse(`${text}T00:00:00Z`);
  if (!dayShape.test(text) || Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text)
    throw invalid(`"${name}" is a day such as 2026-11-22; this is "${text.slice(0, 40)}".`);
  return text;
};

/** What is counted by: as it was when counting began, for that is what the counts are of. */
export const definitionsIn = async (store: Store): Promise<Definitions> => {
  const books = await readBooks(store);
  const read = books?.books.find(({ number }) => number === readingOf(books));
  return read?.definitions ?? definitionsOf(await catalogueOf(store).client());
};

/** `from` and `to` of the query; the last 30 days when left out. */
export const rangeIn = ({ query }: HttpRequest, store: Store, { timezone }: Definitions): Range => {
  const to = dayOf(query, 'to') ?? dayIn(timezone, iso(store.clock.now()));
  const from = dayOf(query, 'from') ?? addDays(to, 1 - usualDays);
  if (from > to) throw invalid(`"from" (${from}) is after "to" (${to}).`);
  if (daysBetween(from, to).length > mostDays)
    throw invalid(`A range holds at most ${mostDays} days; from ${from} to ${to} are more.`);
  return { from, to, timezone };
};

/** Whether the query asks for days at all: a journey's report is of all time otherwise. */
export const isRanged = ({ query }: HttpRequest): boolean => query.has('from') || query.has('to');
