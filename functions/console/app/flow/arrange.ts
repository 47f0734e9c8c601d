import { createPlan, type PlanNode } from '#statemachines/compile/plan';
import { diffJourneys, summaryOf } from '#statemachines/diff/diff';
import { mergePlans } from '#statemachines/diff/merge';
import type { Journey } from '#statemachines/document/schema';
import { type PictureCounts, written } from '#statemachines/picture/counts';
import {
  arrowBlock,
  type Drawing,
  extent,
  type Shape,
  sequenceBlock,
  stack,
} from '#statemachines/picture/layout';
import { type Box, type Card, type Chip, rootOf } from '#statemachines/picture/measure';
import { drawingOf } from '#statemachines/picture/picture';
import { wayPath } from '#statemachines/picture/render';
import { rootWords } from '#statemachines/picture/words';

/** Where one thing of a journey stands on the plane, whose axis is at x = 0 and whose top at y = 0. */
interface Placed {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

export type Piece = Placed &
  (
    | { kind: 'root'; box: Box }
    | { kind: 'card'; card: Card; step: PlanNode }
    | { kind: 'chip'; chip: Chip; step: string; answer: string }
    | { kind: 'count'; text: string }
    | { kind: 'end' }
    /** All lines at once: they are looked at, never touched. */
    | { kind: 'ways'; paths: readonly Way[]; dots: readonly { x: number; y: number }[] }
  );

interface Way {
  id: string;
  d: string;
}

export interface Arranged {
  pieces: Piece[];
  width: number;
  height: number;
}

/** The layout of every picture of a journey, as pieces for the screen. */
export const arrange = (document: Journey, counts: PictureCounts = {}): Arranged => {
  const plan = createPlan(document);
  return place(rootOf(rootWords(document)), plan.steps, drawingOf(plan, counts));
};

/** Both trees over each other: what is new, gone, changed and moved is marked. */
export const arrangeDifference = (before: Journey, after: Journey): Arranged => {
  const changes = diffJourneys(before, after);
  const plan = createPlan(after);
  const { steps, marks } = mergePlans(createPlan(before), plan, changes);
  const { title } = rootWords(after);
  const around = changes.filter(({ step }) => step === undefined).map(({ says }) => `≠ ${says}`);
  const root = rootOf({ title, lines: [summaryOf(changes), ...around] });
  return place(root, steps, { ...drawingOf(plan, {}), markOf: (part) => marks.get(part) });
};

const place = (root: Box, steps: readonly PlanNode[], drawing: Drawing): Arranged => {
  const tree = stack([arrowBlock(written(drawing.counts.entered)), sequenceBlock(steps, true, drawing)]);
  const reach = extent(tree);
  const left = Math.max(root.width / 2, reach.left);
  const width = left + Math.max(root.width / 2, reach.right);
  const shapes = tree.draw(left, root.height);
  const height = root.height + tree.height;
  const pieces = [waysOf(shapes, width, height), rootPiece(root, left), ...piecesOf(shapes)];
  return { pieces, width, height };
};

const rootPiece = (box: Box, axis: number): Piece => ({
  ...{ kind: 'root', id: '#root', box, x: axis - box.width / 2, y: 0 },
  ...{ width: box.width, height: box.height },
});

const waysOf = (shapes: readonly Shape[], width: number, height: number): Piece => ({
  ...{ kind: 'ways', id: '#ways', x: 0, y: 0, width, height },
  paths: shapes.flatMap((shape, i) =>
    shape.kind === 'way' ? [{ id: `${i}`, d: wayPath(shape.points, shape.arrow) }] : [],
  ),
  dots: shapes.flatMap((shape) => (shape.kind === 'join' ? [{ x: shape.x, y: shape.y }] : [])),
});

const piecesOf = (shapes: readonly Shape[]): Piece[] => {
  const taken = new Set<string>();
  return shapes.flatMap((shape, i): Piece[] => {
    const piece = pieceOf(shape, i);
    return piece ? [{ ...piece, id: unused(piece.id, taken) }] : [];
  });
};

/** A step that is gone may be called like one that is new. */
const unused = (id: string, taken: Set<string>): string => {
  let free = id;
  for (let n = 2; taken.has(free); n++) free = `${id}~${n}`;
  taken.add(free);
  return free;
};

const pieceOf = (shape: Shape, i: number): Piece | undefined => {
  switch (shape.kind) {
    case 'card':
      return cardPiece(shape);
    case 'chip':
      return chipPiece(shape);
    case 'count':
      return { kind: 'count', id: `#count-${i}`, text: shape.text, ...at(shape.x, shape.y - 9, 96, 18) };
    case 'end':
      return { kind: 'end', id: `#end-${i}`, ...at(shape.x - 9, shape.y - 9, 18, 18) };
    default:
      return undefined;
  }
};

const at = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });

const cardPiece = ({ card, x, y }: Extract<Shape, { kind: 'card' }>): Piece => {
  const { width, height, node } = card;
  return { kind: 'card', id: node.id, card, step: node, ...at(x, y, width, height) };
};

const chipPiece = ({ chip, step, answer, x, y }: Extract<Shape, { kind: 'chip' }>): Piece => {
  const { width, height } = chip;
  return { kind: 'chip', id: `${step}/${answer}`, chip, step, answer, ...at(x, y, width, height) };
};
