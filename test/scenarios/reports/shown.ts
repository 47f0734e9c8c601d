import { figuresMarkup, suggestionsMarkup } from '#functions/console/app/markup';
import type { Table } from '#functions/reports/tables/table';
import type { PrintedTable } from './printed.ts';

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
