import { dayIn } from '#policy/reports/calendar';
import { noSource } from '#policy/reports/names';
import type { Counting } from './contributions.ts';
import type { Counted } from './counted.ts';
import { counterName, everything, type Rows, sources } from './rows.ts';

const isVisitor = ({ unsettled }: Counted<'profile'>): boolean => unsettled?.startsWith('visitor#') === true;

/** A lead is a contact of whom more is known than a browser; it counts on the day on which it was first seen. */
export const ofProfile = (item: Counted<'profile'>, rows: Rows, { definitions, nameIn }: Counting): void => {
  if (item.mergedInto !== undefined || item.createdAt === undefined || isVisitor(item)) return;
  const day = dayIn(definitions.timezone, item.createdAt);
  const touch = item.source;
  const source = touch && nameIn(sources, definitions.sources[touch.source] ?? touch.source);
  rows.add({ subject: everything, day }, counterName('', 'leads'));
  rows.add({ subject: sources, day }, counterName(source ?? noSource, 'leads'));
};
