import type { Forecast } from '../../model/forecast.ts';
import { bar, line, text } from '../svg.ts';
import { rounded } from './words.ts';

const row = 30;
const head = 22;
const most = 40;

/** One bar a leaf; the line marks its interval. */
export const leavesPanel = (
  { leaves, entering }: Forecast,
  width: number,
): { svg: string; height: number } => {
  const shown = leaves.slice(0, most);
  const label = Math.min(300, 24 + 7.2 * Math.max(4, ...shown.map(({ leaf }) => leaf.length)));
  const scale = (width - label - 210) / Math.max(1, ...shown.map(({ people }) => people.high));
  const rest = leaves.length - shown.length;
  return {
    height: head + shown.length * row + (rest > 0 ? row : 0),
    svg: [
      text(0, 0, 'People by leaf', 'wlf-ink', 15),
      ...shown.flatMap(({ leaf, people }, i) => {
        const y = head + i * row;
        const middle = y + 9;
        const end = label + people.high * scale;
        return [
          text(0, y + 13.5, shortened(leaf, label), 'wlf-soft', 12.5),
          bar(label, y, people.expected * scale, 18, 'wlf-leaf'),
          line(label + people.low * scale, middle, end, middle, 'wlf-whisker'),
          line(label + people.low * scale, middle - 4, label + people.low * scale, middle + 4, 'wlf-whisker'),
          line(end, middle - 4, end, middle + 4, 'wlf-whisker'),
          text(end + 10, y + 13.5, told(people, entering), 'wlf-soft', 12.5),
        ];
      }),
      ...(rest > 0 ? [text(0, head + shown.length * row + 14, `and ${rest} more`, 'wlf-faint', 12.5)] : []),
    ].join(''),
  };
};

const told = ({ expected, low, high }: Forecast['leaves'][number]['people'], all: number): string =>
  `${rounded(expected)} (${rounded(low)} – ${rounded(high)}), ${((100 * expected) / Math.max(1, all)).toFixed(1)} %`;

const shortened = (leaf: string, width: number): string => {
  const letters = Math.floor((width - 20) / 7.2);
  return leaf.length <= letters ? leaf : `${leaf.slice(0, letters - 1)}…`;
};
