import { words } from '../../../words/words.ts';
import type { JourneyFigures, JourneySummary, Status } from '../api-shapes.ts';

export const filters = ['all', 'live', 'draft', 'paused', 'archived'] as const;
export type Filter = (typeof filters)[number];

const order: Readonly<Record<Status, number>> = { live: 0, paused: 1, draft: 2, archived: 3 };

/** Those that fit, what runs first, then by name. Without a wish, what is archived stays away. */
export const rowsOf = (
  journeys: readonly JourneySummary[],
  { filter, search }: { filter: Filter; search: string },
): JourneySummary[] => {
  const wanted = search.trim().toLocaleLowerCase(words.locale);
  return journeys
    .filter(({ status }) => (filter === 'all' ? status !== 'archived' || wanted !== '' : status === filter))
    .filter(({ id, name }) => `${id} ${name}`.toLocaleLowerCase(words.locale).includes(wanted))
    .sort((a, b) => order[a.status] - order[b.status] || a.name.localeCompare(b.name, words.locale));
};

export interface GoalRate {
  converted: number;
  entered: number;
}

/** Undefined where nobody entered yet, or where there is no goal: then there is no rate. */
export const goalRate = (figures: JourneyFigures | undefined): GoalRate | undefined =>
  figures?.conversion && figures.entered > 0
    ? { converted: figures.converted, entered: figures.entered }
    : undefined;
