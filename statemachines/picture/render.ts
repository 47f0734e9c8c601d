import type { Connector } from './connectors.ts';
import { iconPath } from './icons.ts';
import type { Point, Shape } from './layout.ts';
import { type Mark, markWords } from './mark.ts';
import { type Box, type Card, type Chip, cardInset, styles } from './measure.ts';
import { escapeXml, textWidth } from './text.ts';

/** Each shape as SVG. */
export const render = (shape: Shape): string => {
  if (shape.kind === 'card') return renderCard(shape.card, shape.x, shape.y);
  if (shape.kind === 'chip') return renderChip(shape.chip, shape.x, shape.y);
  if (shape.kind === 'way') return renderWay(shape.points, shape.arrow);
  if (shape.kind === 'join') return `<circle class="wl-dot" cx="${n(shape.x)}" cy="${n(shape.y)}" r="3.5"/>`;
  if (shape.kind === 'count')
    return textAt(shape.text, shape.x, shape.y + 4, 'count', { size: 11, bold: true });
  return renderEnd(shape.x, shape.y);
};

/** Halves of pixels are enough. */
const n = (value: number): string => String(Math.round(value * 10) / 10);

const textAt = (
  text: string,
  x: number,
  y: number,
  name: string,
  { size, bold = false, middle = false }: { size: number; bold?: boolean; middle?: boolean },
): string =>
  `<text class="wl-text wl-${name}" x="${n(x)}" y="${n(y)}" font-size="${size}"${bold ? ' font-weight="600"' : ''}${middle ? ' text-anchor="middle"' : ''}>${escapeXml(text)}</text>`;

const linesAt = (box: Box, x: number, y: number, middle: boolean): string =>
  box.lines
    .map(({ text, style, y: down }) => textAt(text, x, y + down, style, { ...styles[style], middle }))
    .join('');

const icon = (symbol: string, x: number, y: number, size: number, name: string): string =>
  `<path class="${name}" transform="translate(${n(x)} ${n(y)}) scale(${n2(size / 24)})" d="${iconPath(symbol)}"/>`;
const n2 = (value: number): string => String(Math.round(value * 1000) / 1000);

const renderCard = (card: Card, x: number, y: number): string => {
  const { node, height, full } = card;
  const inset = node.kind === 'action' ? 0 : 6;
  const middle = y + height / 2;
  return [
    `<g data-step="${escapeXml(node.id)}"${marked(card.mark)}><title>${escapeXml(full)}</title>`,
    outline(card, x, y),
    `<circle class="wl-${node.kind}-badge" cx="${n(x + 26 + inset)}" cy="${n(middle)}" r="15"/>`,
    icon(node.form.symbol, x + 17 + inset, middle - 9, 18, 'wl-icon'),
    linesAt(card, x + cardInset.left + inset, y, false),
    card.connector ? connectors(card.connector, x, y, card) : '',
    card.mark ? label(card.mark, x + card.width - 10, y) : '',
    '</g>',
  ].join('');
};

/** What goes on elsewhere leaves on the right, and comes in at the upper left corner under the same letter. */
const connectors = ({ enters, leaves }: Connector, x: number, y: number, { width, height }: Box): string =>
  (enters ? letter(enters, x + 4, y + 4) : '') + (leaves ? letter(leaves, x + width, y + height / 2) : '');

const letter = (text: string, x: number, y: number): string =>
  `<circle class="wl-connector" cx="${n(x)}" cy="${n(y)}" r="11" stroke-width="2"/>${textAt(text, x, y + 4, 'connected', { size: 11, bold: true, middle: true })}`;

const marked = (mark: Mark | undefined): string => (mark ? ` class="wl-${mark.kind}"` : '');

/** The word for what happened, on the upper edge of a card. */
const label = ({ kind }: Mark, right: number, y: number): string => {
  const words = markWords[kind];
  const width = textWidth(words, 10.5, true) + 16;
  const left = right - width;
  const pill = `<rect class="wl-mark" x="${n(left)}" y="${n(y - 9)}" width="${n(width)}" height="18" rx="9"/>`;
  return pill + textAt(words, left + width / 2, y + 3.8, 'marked', { size: 10.5, bold: true, middle: true });
};

/** Actions are boxes, waits are pills, decisions have points, exits have a double frame. */
const outline = ({ node, width, height }: Card, x: number, y: number): string => {
  if (node.kind === 'decision') return hexagon(x, y, width, height);
  const round = node.kind === 'wait' ? Math.min(30, height / 2) : 10;
  const frame = box(`wl-${node.kind}`, x, y, width, height, round);
  return node.kind === 'exit' ? frame + box('wl-exit', x + 3.5, y + 3.5, width - 7, height - 7, 7) : frame;
};

const box = (name: string, x: number, y: number, width: number, height: number, round: number): string =>
  `<rect class="${name}" x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="${n(round)}" stroke-width="1.5"/>`;

/** An answer has no room for a word beside its own. */
const sign = ({ kind }: Mark, x: number, y: number): string =>
  `<circle class="wl-mark" cx="${n(x)}" cy="${n(y)}" r="9"/>${textAt(markWords[kind].slice(0, 1), x, y + 4.3, 'marked', { size: 12, bold: true, middle: true })}`;

const hexagon = (x: number, y: number, width: number, height: number): string => {
  const point = 13;
  const points = [
    [x + point, y],
    [x + width - point, y],
    [x + width, y + height / 2],
    [x + width - point, y + height],
    [x + point, y + height],
    [x, y + height / 2],
  ];
  const list = points.map(([px, py]) => `${n(px ?? 0)},${n(py ?? 0)}`).join(' ');
  return `<polygon class="wl-decision" points="${list}" stroke-width="1.5" stroke-linejoin="round"/>`;
};

const renderChip = (chip: Chip, x: number, y: number): string => {
  const { width, height, leaf, fallback, count, countWidth, mark } = chip;
  const middle = y + height / 2;
  const iconRoom = leaf ? 18 : 0;
  const words = x + iconRoom + (width - iconRoom - countWidth) / 2;
  return [
    mark ? `<g${marked(mark)}>` : '',
    `<rect class="wl-chip" x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="14" stroke-width="1.25"${fallback ? ' stroke-dasharray="4 3"' : ''}/>`,
    leaf ? icon('leaf', x + 9, middle - 7.5, 15, 'wl-leaf') : '',
    linesAt(chip, words, y, true),
    count ? tally(count, x + width - countWidth - 5, middle) : '',
    mark ? `${sign(mark, x + width - 6, y + 2)}</g>` : '',
  ].join('');
};

const tally = (count: string, x: number, middle: number): string => {
  const width = textWidth(count, 11, true) + 12;
  const pill = `<rect class="wl-tally" x="${n(x)}" y="${n(middle - 9)}" width="${n(width)}" height="18" rx="9"/>`;
  return pill + textAt(count, x + width / 2, middle + 4, 'tallied', { size: 11, bold: true, middle: true });
};

const renderEnd = (x: number, y: number): string =>
  `<circle class="wl-end" cx="${n(x)}" cy="${n(y)}" r="8" stroke-width="2"/><circle class="wl-endcore" cx="${n(x)}" cy="${n(y)}" r="3.5"/>`;

const renderWay = (points: readonly Point[], arrow: boolean): string =>
  `<path class="wl-way" d="${wayPath(points, arrow)}"/>`;

export const wayPath = (points: readonly Point[], arrow: boolean): string =>
  rounded(points) + (arrow ? head(points) : '');

const head = (points: readonly Point[]): string => {
  const [x, y] = points.at(-1) ?? [0, 0];
  return `M${n(x - 4.5)} ${n(y - 6.5)}L${n(x)} ${n(y - 1)}L${n(x + 4.5)} ${n(y - 6.5)}`;
};

/** A line of right angles with its corners rounded off. */
const rounded = (points: readonly Point[]): string => {
  const straight = points.filter((point, i) => i === 0 || !same(point, points[i - 1]));
  const [first, ...rest] = straight;
  if (!first) return '';
  return `M${at(first)}${rest.map((point, i) => corner(straight[i] ?? first, point, rest[i + 1])).join('')}`;
};

const same = (a: Point, b: Point | undefined): boolean => b !== undefined && a[0] === b[0] && a[1] === b[1];
const at = ([x, y]: Point): string => `${n(x)} ${n(y)}`;

const corner = (before: Point, point: Point, after: Point | undefined): string => {
  if (!after) return `L${at(point)}`;
  const radius = Math.min(10, distance(before, point) / 2, distance(point, after) / 2);
  return `L${at(towards(point, before, radius))}Q${at(point)} ${at(towards(point, after, radius))}`;
};

const distance = ([ax, ay]: Point, [bx, by]: Point): number => Math.hypot(ax - bx, ay - by);

const towards = (from: Point, to: Point, length: number): Point => {
  const whole = distance(from, to) || 1;
  return [from[0] + ((to[0] - from[0]) * length) / whole, from[1] + ((to[1] - from[1]) * length) / whole];
};

export const renderRoot = (box: Box, x: number, y: number): string => {
  const left = x - box.width / 2;
  return [
    `<rect class="wl-rootbox" x="${n(left)}" y="${n(y)}" width="${box.width}" height="${box.height}" rx="16"/>`,
    icon('target', left + 22, y + box.height / 2 - 18, 36, 'wl-icon'),
    linesAt(box, x + 28, y, true),
  ].join('');
};
