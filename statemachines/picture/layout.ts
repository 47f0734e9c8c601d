import type { PlanBranch, PlanNode } from '../compile/plan.ts';
import type { Connector } from './connectors.ts';
import { answerCount, type PictureCounts, stepCount } from './counts.ts';
import type { Mark } from './mark.ts';
import { type Card, type Chip, cardOf, chipOf } from './measure.ts';
import { textWidth } from './text.ts';

/**
 * A structured layout, top-down. Sequences and branches are nested, so a block knows its width once its
 * inner blocks know theirs; all of it hangs on an axis, and ways never cross.
 */
export type Shape =
  | { kind: 'card'; card: Card; x: number; y: number }
  | { kind: 'chip'; chip: Chip; x: number; y: number; step: string; answer: string }
  | { kind: 'way'; points: readonly Point[]; arrow: boolean }
  | { kind: 'join'; x: number; y: number }
  | { kind: 'end'; x: number; y: number }
  | { kind: 'count'; text: string; x: number; y: number };
export type Point = readonly [x: number, y: number];

/** Room that a block takes, seen from its axis and its top. */
interface Room {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface Block {
  rooms: readonly Room[];
  height: number;
  /** Does the way go on below it? */
  open: boolean;
  /** @param x of the axis @param y of the top */
  draw(x: number, y: number): Shape[];
}

export interface Drawing {
  counts: PictureCounts;
  isLeaf(step: string, answer: string): boolean;
  /** By id of the step. */
  connectors?: ReadonlyMap<string, Connector>;
  /** What became of a card or an answer, in a picture that compares. */
  markOf?(part: object): Mark | undefined;
}

const arrowHeight = 32;
const turn = 18;
const gap = 28;
const endSize = 18;

/** @param last nothing follows the sequence: its ways end here instead of joining */
export const sequenceBlock = (nodes: readonly PlanNode[], last: boolean, drawing: Drawing): Block => {
  const blocks: Block[] = [];
  for (const [i, node] of nodes.entries()) {
    if (blocks.at(-1)?.open === false) break;
    if (i > 0) blocks.push(arrowBlock(stepCount(drawing.counts, node.id)));
    blocks.push(nodeBlock(node, last && i === nodes.length - 1, drawing));
  }
  return stack(last && blocks.at(-1)?.open !== false ? [...blocks, endBlock] : blocks);
};

export const stack = (blocks: readonly Block[]): Block => {
  const tops: number[] = [];
  let height = 0;
  for (const block of blocks) {
    tops.push(height);
    height += block.height;
  }
  return {
    rooms: blocks.flatMap(({ rooms }, i) => rooms.map((room) => shifted(room, 0, tops[i] ?? 0))),
    height,
    open: blocks.at(-1)?.open ?? true,
    draw: (x, y) => blocks.flatMap((block, i) => block.draw(x, y + (tops[i] ?? 0))),
  };
};

const shifted = ({ left, right, top, bottom }: Room, x: number, y: number): Room => ({
  left: left + x,
  right: right + x,
  top: top + y,
  bottom: bottom + y,
});

const centred = (width: number, height: number, open: boolean, draw: Block['draw']): Block => ({
  rooms: [{ left: -width / 2, right: width / 2, top: 0, bottom: height }],
  height,
  open,
  draw,
});

/** How far a block reaches to both sides of its axis. */
export const extent = ({ rooms }: Block): { left: number; right: number } => ({
  left: Math.max(0, ...rooms.map(({ left }) => -left)),
  right: Math.max(0, ...rooms.map(({ right }) => right)),
});

export const arrowBlock = (count?: string): Block =>
  centred(count ? 2 * (textWidth(count, 11, true) + 8) : 0, arrowHeight, true, (x, y) => [
    {
      kind: 'way',
      points: [
        [x, y],
        [x, y + arrowHeight],
      ],
      arrow: true,
    },
    ...(count ? [{ kind: 'count' as const, text: count, x: x + 8, y: y + arrowHeight / 2 }] : []),
  ]);

const endBlock: Block = centred(endSize, arrowHeight + endSize, false, (x, y) => [
  {
    kind: 'way',
    points: [
      [x, y],
      [x, y + arrowHeight - 6],
    ],
    arrow: false,
  },
  { kind: 'end', x, y: y + arrowHeight - 6 + endSize / 2 },
]);

const nodeBlock = (node: PlanNode, last: boolean, drawing: Drawing): Block => {
  const card = cardOf(node, drawing.markOf?.(node), drawing.connectors?.get(node.id));
  const open = node.edges.length > 0;
  const block = centred(card.width, card.height, open, (x, y) => [
    { kind: 'card', card, x: x - card.width / 2, y },
  ]);
  return node.branches.length === 0 ? block : stack([block, fanBlock(node, last, drawing)]);
};

/** The way past a step with branches whose own `if` is not met is drawn as one more answer. */
const answersOf = (node: PlanNode): Omit<PlanBranch, 'to'>[] =>
  node.edges.some(({ kind }) => kind === 'skip')
    ? [...node.branches, { answer: 'skipped', index: -2, note: 'its condition is not met', steps: [] }]
    : [...node.branches];

const fanBlock = (node: PlanNode, last: boolean, drawing: Drawing): Block => {
  const answers = answersOf(node);
  const columns = answers.map((branch) => columnBlock(node, branch, last, drawing, answers));
  const inner = Math.max(...columns.map(({ height }) => height));
  const taken = columns.map(({ rooms, open, height }) => [...rooms, ...(open ? [line(height, inner)] : [])]);
  const offsets = spread(taken);
  const open = columns.some((column) => column.open);
  const height = 2 * turn + inner + (open ? 2 * turn : 0);
  const across = { left: offsets[0] ?? 0, right: offsets.at(-1) ?? 0 };
  return {
    rooms: [
      { ...across, top: 0, bottom: 2 * turn },
      ...taken.flatMap((rooms, i) => rooms.map((room) => shifted(room, offsets[i] ?? 0, 2 * turn))),
      { ...across, top: 2 * turn + inner, bottom: height },
    ],
    height,
    open,
    draw: (x, y) => [
      ...columns.flatMap((column, i) => drawColumn(column, x, y, x + (offsets[i] ?? 0), inner)),
      ...(open ? [{ kind: 'join' as const, x, y: y + 3 * turn + inner }] : []),
    ],
  };
};

/** The way from the end of a column down to where the columns join. */
const line = (top: number, bottom: number): Room => ({ left: 0, right: 0, top, bottom });

/** Columns as close as their rooms allow; the axis is halfway between the first's and the last's. */
const spread = (columns: readonly (readonly Room[])[]): number[] => {
  const axes: number[] = [];
  const placed: Room[] = [];
  for (const rooms of columns) {
    const axis = Math.max(axes.length === 0 ? 0 : (axes.at(-1) ?? 0) + gap, ...distances(placed, rooms));
    axes.push(axis);
    placed.push(...rooms.map((room) => shifted(room, axis, 0)));
  }
  const middle = ((axes[0] ?? 0) + (axes.at(-1) ?? 0)) / 2;
  return axes.map((axis) => axis - middle);
};

/** How far right a column must stand, for each pair of rooms that are level with each other. */
const distances = (placed: readonly Room[], rooms: readonly Room[]): number[] =>
  rooms.map((room) =>
    placed.reduce(
      (far, { right, top, bottom }) =>
        top < room.bottom + gap && room.top < bottom + gap ? Math.max(far, right + gap - room.left) : far,
      0,
    ),
  );

const drawColumn = (column: Block, x: number, y: number, own: number, inner: number): Shape[] => {
  const top = y + 2 * turn;
  const bottom = top + column.height;
  const join = top + inner + turn;
  return [
    {
      kind: 'way',
      points: [
        [x, y],
        [x, y + turn],
        [own, y + turn],
        [own, top],
      ],
      arrow: false,
    },
    ...(column.open ? [joining([own, bottom], [x, join], turn)] : []),
    ...column.draw(own, top),
  ];
};

const joining = ([own, bottom]: Point, [x, join]: Point, height: number): Shape => ({
  kind: 'way',
  points: [
    [own, bottom],
    [own, join],
    [x, join],
    [x, join + height],
  ],
  arrow: false,
});

const columnBlock = (
  node: PlanNode,
  branch: Omit<PlanBranch, 'to'>,
  last: boolean,
  drawing: Drawing,
  all: readonly { answer: string }[],
): Block => {
  const answers = all.map(({ answer }) => answer);
  const chip = chipOf(branch, {
    leaf: drawing.isLeaf(node.id, branch.answer),
    fallback: branch.index < 0,
    count: answerCount(drawing.counts, node.id, branch.answer, answers),
    mark: drawing.markOf?.(branch),
  });
  const head = centred(chip.width, chip.height, true, (x, y) => [
    { kind: 'chip', chip, x: x - chip.width / 2, y, step: node.id, answer: branch.answer },
  ]);
  const steps = sequenceBlock(branch.steps, last, drawing);
  return stack(branch.steps.length === 0 ? [head, steps] : [head, arrowBlock(), steps]);
};
