import { type Goal, isReached, rounded } from './section.ts';

const rowHeight = 34;
const labelWidth = 430;
const barWidth = 380;
const width = labelWidth + barWidth + 190;

const escapeXml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`);

/** How far from the goal: 1 is the goal itself, above is better, whichever way is better. */
export const margin = ({ measured, comparison, limit }: Goal): number =>
  comparison === 'at least' ? measured / limit : limit / measured;

const scale = (times: number): number => {
  const [low, high] = [Math.log(0.1), Math.log(100)];
  const at = (Math.log(Math.min(100, Math.max(0.1, times))) - low) / (high - low);
  return Math.round(at * barWidth);
};

const bar = (goal: Goal, row: number): string => {
  const y = 56 + row * rowHeight;
  const color = isReached(goal) ? '#0f766e' : '#b45309';
  const value = `${rounded(goal.measured)} ${goal.unit} (goal ${goal.comparison} ${goal.limit})`;
  return `<text x="${labelWidth - 12}" y="${y + 15}" text-anchor="end">${escapeXml(goal.what)}</text>
  <rect x="${labelWidth}" y="${y}" width="${Math.max(2, scale(margin(goal)))}" height="20" rx="3" fill="${color}"/>
  <text x="${labelWidth + scale(margin(goal)) + 8}" y="${y + 15}" fill="${color}">${escapeXml(value)}</text>`;
};

/** One bar for each goal that is a quantity, on a logarithmic scale; the line is the goal. */
export const plot = (goals: readonly Goal[]): string => {
  const shown = goals.filter(({ limit, measured }) => limit > 0 && measured > 0);
  const height = 70 + shown.length * rowHeight;
  const line = labelWidth + scale(1);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="13" fill="#27302d">
  <rect width="100%" height="100%" fill="#fff"/>
  <text x="16" y="26" font-size="16" font-weight="600">Measured against the goals (longer is better, each gridline ten times)</text>
  ${[0.1, 1, 10, 100].map((at) => `<line x1="${labelWidth + scale(at)}" x2="${labelWidth + scale(at)}" y1="44" y2="${height - 10}" stroke="#d5dbd8"/>`).join('\n  ')}
  ${shown.map(bar).join('\n  ')}
  <line x1="${line}" x2="${line}" y1="40" y2="${height - 10}" stroke="#27302d" stroke-dasharray="4 3"/>
</svg>
`;
};
