import type { Issue } from '#kernel/issue';
import { words } from '../words/words.ts';
import type { Piece } from './arrange.ts';

/** A step for those who hear the tree: its kind, its words, its answers, what is wrong with it. */
export const sayPiece = (
  piece: Piece,
  issues?: ReadonlyMap<string, readonly Issue[]>,
): string | undefined => {
  if (piece.kind !== 'card') return undefined;
  const { step, card } = piece;
  const answers = step.branches.map(({ answer }) => answer);
  const found = issues?.get(step.id)?.length ?? 0;
  return [
    `${words.flow.kinds[step.kind]}: ${card.full.replaceAll('\n', ', ')}`,
    answers.length > 0 ? words.flow.answers(answers) : '',
    found > 0 ? words.flow.found(found) : '',
  ]
    .filter(Boolean)
    .join('. ');
};
