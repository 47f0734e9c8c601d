import { figuresMarkup, suggestionsMarkup } from '#functions/console/app/markup';
import { journeyTables } from '#functions/reports/tables/of-journey';
import { kpiTables } from '#functions/reports/tables/of-kpis';
import { overviewTables } from '#functions/reports/tables/of-overview';
import {
  allJourneysTables,
  segmentTables,
  sourceTables,
  templateTables,
} from '#functions/reports/tables/of-subjects';
import type { Table } from '#functions/reports/tables/table';
import type { PrintedTable } from './printed.ts';

/** By address, as the console and the command have them. */
const makers: Readonly<Record<string, Readonly<Record<string, (answer: never) => Table>>>> = {
  '/v1/journeys/judged/report': journeyTables,
  '/v1/reports/overview': overviewTables,
  '/v1/reports/kpis': kpiTables,
  '/v1/reports/journeys': allJourneysTables,
  '/v1/reports/templates': templateTables,
  '/v1/reports/segments': segmentTables,
  '/v1/reports/sources': sourceTables,
};
export const tableIn = (path: string, table: string, answer: never): Table => makers[path]![table]!(answer);

const letters: Readonly<Record<string, string>> = {
  ...{ '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'", '&amp;': '&' },
};
const textOf = (html: string): string =>
  html.replace(/<[^>]*>/g, '').replace(/&(?:lt|gt|quot|#x27|amp);/g, (found) => letters[found] ?? '');

const cellsOf = (html: string, tag: string): string[] =>
  [...html.matchAll(new RegExp(`<${tag}[ >].*?</${tag}>`, 'g'))].map(([cell]) => textOf(cell));

/** A table as the console's page makes it. */
export const shownTable = (table: Table): PrintedTable => {
  const html = figuresMarkup({ table });
  const [, ...rows] = [...html.matchAll(/<tr>.*?<\/tr>/g)].map(([row]) => cellsOf(row, 'td'));
  return { title: table.title, columns: cellsOf(html, 'th'), rows };
};

/** The words of the card of suggestions. */
export const shownSuggestions = (
  suggestions: Parameters<typeof suggestionsMarkup>[0]['suggestions'],
): string[] => cellsOf(suggestionsMarkup({ suggestions }), 'li');
