import { bar, escaped, line, text } from './svg.ts';
import { stylesheet } from './theme.ts';

export interface BarRow {
  name: string;
  value: number;
  /** What stands behind it. */
  told: string;
  /** An interval, on the same scale. */
  low?: number;
  high?: number;
}

const width = 960;
const margin = 32;
const row = 28;
const label = 300;
const letters = 40;
const mostRows = 200;

const shortened = (name: string): string =>
  name.length <= letters ? name : `${name.slice(0, letters - 1)}…`;

/** One bar for each name, with its interval as a line. */
export const plotBars = (title: string, subtitle: string, rows: readonly BarRow[]): string => {
  const shown = rows.slice(0, mostRows);
  const height = 110 + shown.length * row + 30;
  const scale =
    (width - 2 * margin - label - 220) / Math.max(1e-9, ...shown.map(({ value, high }) => high ?? value));
  const lines = shown.flatMap(({ name, value, told, low, high }, i) => {
    const y = i * row;
    const end = label + (high ?? value) * scale;
    return [
      text(0, y + 13, shortened(name), 'wlf-soft', 12.5),
      bar(label, y, value * scale, 17, 'wlf-leaf'),
      ...(low === undefined || high === undefined
        ? []
        : [line(label + low * scale, y + 8.5, end, y + 8.5, 'wlf-whisker')]),
      text(end + 10, y + 13, told, 'wlf-soft', 12.5),
    ];
  });
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="wlf-title wlf-desc">`,
    `<title id="wlf-title">${escaped(title)}</title>`,
    `<desc id="wlf-desc">${escaped(shown.map(({ name, told }) => `${name}: ${told}.`).join(' '))}</desc>`,
    `<style>${stylesheet}</style>`,
    `<rect class="wlf-paper" width="${width}" height="${height}"/>`,
    text(margin, 46, title, 'wlf-title', 22),
    text(margin, 70, subtitle, 'wlf-soft', 13),
    `<g transform="translate(${margin} 100)">${lines.join('')}</g>`,
    '</svg>',
  ].join('\n')}\n`;
};
