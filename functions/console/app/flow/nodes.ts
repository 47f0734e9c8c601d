import type { Node } from '@xyflow/react';
import type { Piece } from './arrange.ts';

export type FlowNode = {
  [Kind in Piece['kind']]: Node<{ piece: Extract<Piece, { kind: Kind }> }, Kind>;
}[Piece['kind']];

/** Only steps take the focus: a journey of 300 has enough of them. */
export const nodesOf = (pieces: readonly Piece[], says: (piece: Piece) => string | undefined): FlowNode[] =>
  pieces.map((piece) => {
    const { id, kind, x, y, width, height } = piece;
    const label = kind === 'card' ? says(piece) : undefined;
    return {
      ...{ id, type: kind, position: { x, y }, data: { piece }, width, height },
      draggable: false,
      connectable: false,
      selectable: kind === 'card',
      focusable: kind === 'card',
      zIndex: kind === 'ways' ? -1 : 0,
      ...(label === undefined ? {} : { ariaLabel: label }),
    } as FlowNode;
  });
