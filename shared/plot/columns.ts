import { bar, escaped, line, text, ticks } from './svg.ts';
import { stylesheet } from './theme.ts';

/** One kind of thing that is counted by day or by name. */
export interface Series {
  name: string;
  /** Class of the theme. */
  tone: 'email' | 'sms' | 'push' | 'leaf';
  values: readonly number[];
}

export interface Panel {
  title: string;
  labels: readonly string[];
  series: readonly Series[];
}

const width = 960;
const margin = 32;
const left = 56;
const plotHeight = 170;
const panelHeight = plotHeight + 76;

const short = new Intl.NumberFormat('en', { maximumFractionDigits: 1, notation: 'compact' });

const panel = ({ title, labels, series }: Panel, inner: number): string => {
  const sums = labels.map((_, i) => series.reduce((sum, { values }) => sum + (values[i] ?? 0), 0));
  const marks = ticks(Math.max(1, ...sums));
  const y = (n: number): number => plotHeight - (n / (marks.at(-1) || 1)) * (plotHeight - 24);
  const column = (inner - left) / Math.max(1, labels.length);
  const every = Math.ceil(labels.length / Math.floor((inner - left) / 90));
  const columns = labels.flatMap((label, i) => {
    let below = 0;
    const x = left + i * column + Math.min(6, column * 0.15);
    const bars = series.map(({ tone, values }) => {
      const from = below;
      below += values[i] ?? 0;
      return bar(x, y(below), column - 2 * Math.min(6, column * 0.15), y(from) - y(below), `wlf-${tone}`);
    });
    const mark = i % every === 0 ? [text(x, plotHeight + 18, label, 'wlf-soft', 11)] : [];
    return [...bars, ...mark];
  });
  return [
    text(0, 0, title, 'wlf-ink', 15),
    ...series.flatMap(({ name, tone }, i) => {
      const at = inner - (series.length - i) * 110;
      return [bar(at, -11, 12, 12, `wlf-${tone}`), text(at + 18, 0, name, 'wlf-soft', 12)];
    }),
    ...marks.flatMap((mark) => [
      line(left, y(mark), inner, y(mark), 'wlf-grid'),
      text(left - 8, y(mark) + 4, short.format(mark), 'wlf-faint', 11, 'end'),
    ]),
    ...columns,
  ].join('');
};

/** The same in words, for who does not see it. */
const described = (panels: readonly Panel[]): string =>
  panels
    .flatMap(({ title, labels, series }) =>
      series.map(({ name, values }) => {
        const all = values.reduce((a, b) => a + b, 0);
        const most = Math.max(0, ...values);
        const at = labels[values.indexOf(most)];
        return `${title}, ${name}: ${short.format(all)} in all${most > 0 && at !== undefined ? `, most ${short.format(most)} at ${at}` : ''}.`;
      }),
    )
    .join(' ');

/** Panels below each other; light and dark as the reader's screen is, and told in words. */
export const plotPanels = (title: string, subtitle: string, panels: readonly Panel[]): string => {
  const height = 100 + panels.length * panelHeight;
  const inner = width - 2 * margin;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="wlf-title wlf-desc">`,
    `<title id="wlf-title">${escaped(title)}</title>`,
    `<desc id="wlf-desc">${escaped(described(panels))}</desc>`,
    `<style>${stylesheet}</style>`,
    `<rect class="wlf-paper" width="${width}" height="${height}"/>`,
    text(margin, 46, title, 'wlf-title', 22),
    text(margin, 70, subtitle, 'wlf-soft', 13),
    ...panels.map(
      (each, i) => `<g transform="translate(${margin} ${118 + i * panelHeight})">${panel(each, inner)}</g>`,
    ),
    '</svg>',
  ].join('\n')}\n`;
};
