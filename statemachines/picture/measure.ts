import type { PlanNode } from '../compile/plan.ts';
import type { Connector } from './connectors.ts';
import type { Mark } from './mark.ts';
import { type TextStyle, textWidth, wrap } from './text.ts';
import { cardWords, type RootWords } from './words.ts';

export const styles = {
  title: { size: 13.5, bold: true },
  detail: { size: 11.5 },
  answer: { size: 12, bold: true },
  note: { size: 10.5 },
  change: { size: 11, bold: true },
  root: { size: 18, bold: true },
  rootLine: { size: 12 },
} as const satisfies Record<string, TextStyle>;

export interface Line {
  text: string;
  style: keyof typeof styles;
  /** Room above it, in pixels. */
  above?: number;
}

/** A box with lines of text, `y` from its top. */
export interface Box {
  width: number;
  height: number;
  lines: readonly (Line & { y: number })[];
}

export interface Card extends Box {
  node: PlanNode;
  /** Everything it says, uncut: a reader's tool tip. */
  full: string;
  mark?: Mark | undefined;
  connector?: Connector | undefined;
}

export interface Chip extends Box {
  /** It is the last answer on its way. */
  leaf: boolean;
  fallback: boolean;
  count?: string | undefined;
  countWidth: number;
  mark?: Mark | undefined;
}

const cardWidth = 232;
/** Room left of the words for the icon, right of them for the shape. */
export const cardInset = { left: 50, right: 14 };
const leading = 1.28;

export const cardOf = (node: PlanNode, mark?: Mark, connector?: Connector): Card => {
  const { title, detail, condition } = cardWords(node);
  const width = cardWidth - cardInset.left - cardInset.right - (node.kind === 'action' ? 0 : 12);
  const lines = [
    ...written(title, 'title', width, 2),
    ...written(detail, 'detail', width, 3),
    ...written(condition, 'note', width, 2),
    ...changeLines(mark?.says ?? [], width),
  ];
  const full = [title, detail, condition, ...(mark?.says ?? [])].filter(Boolean).join('\n');
  return { node, full, mark, connector, ...boxOf(lines, cardWidth, { padding: 11, least: 48 }) };
};

const changeLines = (says: readonly string[], width: number): Line[] =>
  says
    .flatMap((text) => written(text, 'change', width, 5))
    .slice(0, 9)
    .map((line, i) => ({ ...line, above: i === 0 ? 5 : 0 }));

const written = (text: string | undefined, style: Line['style'], width: number, most: number): Line[] =>
  text ? wrap(text, width, most, styles[style]).map((line) => ({ text: line, style })) : [];

/** Lines set one below the other, the whole in the middle of the box. */
const boxOf = (
  lines: readonly Line[],
  width: number,
  { padding, least }: { padding: number; least: number },
): Box => {
  const heights = lines.map(({ style, above = 0 }) => styles[style].size * leading + above);
  const text = heights.reduce((sum, height) => sum + height, 0);
  const height = Math.max(least, Math.ceil(text + 2 * padding));
  let y = (height - text) / 2;
  return {
    width,
    height,
    lines: lines.map((line, i) => {
      y += heights[i] ?? 0;
      // The baseline stands a little above the end of the line.
      return { ...line, y: y - styles[line.style].size * 0.3 };
    }),
  };
};

const chipText = 168;

export const chipOf = (
  branch: { answer: string; note?: string },
  {
    leaf,
    fallback,
    count,
    mark,
  }: { leaf: boolean; fallback: boolean; count: string | undefined; mark?: Mark | undefined },
): Chip => {
  const lines = [
    ...written(branch.answer, 'answer', chipText, 2),
    ...written(branch.note, 'note', chipText, 2),
  ];
  const widest = Math.max(
    ...lines.map(({ text, style }) => textWidth(text, styles[style].size, isBold(style))),
  );
  const countWidth = count ? textWidth(count, 11, true) + 16 : 0;
  const width = Math.max(84, Math.ceil(widest + 28 + (leaf ? 18 : 0) + countWidth));
  return { leaf, fallback, count, countWidth, mark, ...boxOf(lines, width, { padding: 6, least: 28 }) };
};

const isBold = (style: Line['style']): boolean => 'bold' in styles[style];

export const rootOf = ({ title, lines }: RootWords): Box => {
  const width = 500;
  const inner = width - 100;
  const smaller = lines.slice(0, 9).flatMap((line) => written(line, 'rootLine', inner, 2));
  const spaced = smaller.map((line, i) => ({ ...line, above: i === 0 ? 6 : 1.5 }));
  return boxOf([...written(title, 'root', inner, 3), ...spaced], width, { padding: 18, least: 76 });
};
