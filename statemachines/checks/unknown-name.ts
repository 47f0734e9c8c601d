import type { Path } from '../steps/parts.ts';
import { replaced } from './fix/repair.ts';
import { nameMeant } from './fix/slips.ts';
import { ids, type Lookup } from './references.ts';
import type { Finding } from './rule.ts';
import { didYouMean, some } from './words.ts';

/** A name of something that the client does not have; nothing when it has it, or when that is not known. */
export const unknownName = (
  kind: string,
  id: string,
  path: Path,
  known: Lookup<unknown> | undefined,
): Finding[] => {
  if (known === undefined) return [];
  const names = ids(known);
  if (names.includes(id)) return [];
  const there = names.length > 0 ? `${kind}s there are: ${some(names)}` : `there is no ${kind} yet`;
  const sure = nameMeant(id, names);
  return [
    {
      path,
      message: `there is no ${kind} "${id}"`,
      hint: didYouMean(id, names, there),
      ...(sure !== undefined && { repair: replaced(path, id, sure) }),
    },
  ];
};
