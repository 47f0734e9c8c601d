import type { Touch } from '#model/touch';
import { dayIn } from '#policy/reports/calendar';
import { noSource } from '#policy/reports/names';
import type { Item } from '#store/table';
import type { Counting } from './contributions.ts';
import { counterName, everything, type Rows, sources } from './rows.ts';

const isVisitor = ({ unsettled }: Item): boolean =>
  typeof unsettled === 'string' && unsettled.startsWith('visitor#');

/** A lead is a contact of whom more is known than a browser; it counts on the day on which it was first seen. */
export const ofProfile = (item: Item, rows: Rows, { definitions, nameIn }: Counting): void => {
  if (item.mergedInto !== undefined || typeof item.createdAt !== 'string' || isVisitor(item)) return;
  const day = dayIn(definitions.timezone, item.createdAt);
  const touch = item.source as Touch | undefined;
  const source = touch && nameIn(sources, definitions.sources[touch.source] ?? touch.source);
  rows.add({ subject: everything, day }, counterName('', 'leads'));
  rows.add({ subject: sources, day }, counterName(source ?? noSource, 'leads'));
};
