import type { Forecast } from '../../model/forecast.ts';
import { escaped, text } from '../svg.ts';
import { stylesheet } from '../theme.ts';
import { daysPanel } from './days.ts';
import { leavesPanel } from './leaves.ts';
import { money, rounded } from './words.ts';

const width = 960;
const margin = 32;

/** Messages by day and people by leaf, each with its interval; readable in light and dark, and by ear. */
export const plotForecast = (forecast: Forecast): string => {
  const inner = width - 2 * margin;
  const days = daysPanel(forecast, inner);
  const leaves = leavesPanel(forecast, inner);
  const top = 116;
  const height = top + days.height + 48 + leaves.height + 56;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="wlf-title wlf-desc">`,
    `<title id="wlf-title">${escaped(`Forecast of ${forecast.journey.name}`)}</title>`,
    `<desc id="wlf-desc">${escaped(described(forecast))}</desc>`,
    `<style>${stylesheet}</style>`,
    `<rect class="wlf-paper" width="${width}" height="${height}"/>`,
    text(margin, 46, forecast.journey.name, 'wlf-title', 22),
    text(margin, 72, subtitle(forecast), 'wlf-soft', 13.5),
    `<g transform="translate(${margin} ${top})">${days.svg}</g>`,
    `<g transform="translate(${margin} ${top + days.height + 48})">${leaves.svg}</g>`,
    text(margin, height - 22, footnote(forecast), 'wlf-faint', 12),
    '</svg>',
  ].join('\n')}\n`;
};

const subtitle = ({ entering, start, messages, bill }: Forecast): string =>
  `${rounded(entering)} people from ${start.slice(0, 10)} · ${messages.map(({ channel, count }) => `${rounded(count.expected)} × ${channel}`).join(', ') || 'no messages'} · AWS US$ ${money(bill.dollars.expected)} (${money(bill.dollars.low)} – ${money(bill.dollars.high)})`;

const footnote = ({ sample, seed, rehearsed }: Forecast): string =>
  `Lines mark 90 % prediction intervals. ${rounded(sample)} imagined people, seed ${seed}; ${rehearsed.alike} of ${rehearsed.people} checked on the compiled machine.`;

/** The same in words. */
const described = (forecast: Forecast): string => {
  const { messages, leaves, entering, days } = forecast;
  const busiest = days.reduce<[string, number]>(
    (most, { day, channels }) => {
      const all = Object.values(channels).reduce((sum, { expected }) => sum + expected, 0);
      return all > most[1] ? [day.slice(0, 10), all] : most;
    },
    ['', 0],
  );
  return [
    `${rounded(entering)} people, 90 % prediction intervals.`,
    ...messages.map(
      ({ channel, count }) =>
        `${channel}: ${rounded(count.expected)} messages (${rounded(count.low)} to ${rounded(count.high)}).`,
    ),
    ...(busiest[1] > 0 ? [`Most on ${busiest[0]}: ${rounded(busiest[1])}.`] : []),
    ...leaves.map(
      ({ leaf, people }) =>
        `${leaf}: ${rounded(people.expected)} people (${rounded(people.low)} to ${rounded(people.high)}).`,
    ),
  ].join(' ');
};
