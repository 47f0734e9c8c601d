import { isObject } from '#kernel/json';
import { nearest } from '#kernel/nearest';
import { shortened } from '#kernel/words';
import { renamed } from '../fix/repair.ts';
import { wordMeant } from '../fix/slips.ts';
import { placeOf } from '../places.ts';
import { machineNames } from './machine-names.ts';
import { chosen, membersOf, schemaAt } from './options.ts';
import type { Mistake, ShapeFinding } from './shape.ts';
import { suggest } from './words.ts';

/** Members that the language does not know at this place. */
export const unknownMembers = (mistake: Mistake, names: readonly string[]): ShapeFinding[] =>
  names.map((name) => ({
    ...unknownMember(mistake, name),
    path: [...mistake.path, name],
    at: 'key',
    harmless: true,
  }));

const unknownMember = (mistake: Mistake, name: string): ShapeFinding => {
  const place = placeOf(mistake.raw, mistake.path);
  const { hint, member, sure } = advise(mistake, name);
  return {
    code: 'unknown-member',
    path: [],
    member,
    message: `${place} has no member "${shortened(name)}"`,
    hint,
    ...(sure && { repair: renamed([...mistake.path, name], sure) }),
  };
};

interface Advice {
  hint?: string;
  member?: string;
  /** The member that was meant, beyond doubt. */
  sure?: string;
}

const advise = ({ root, path, raw, value }: Mistake, name: string): Advice => {
  if (machineNames.has(name))
    return {
      hint: 'this is a word of Step Functions; the state machine is made from the tree, so leave it out',
    };
  const schema = schemaAt(root, path, raw);
  const option = schema && chosen(schema, value);
  const known = option ? Object.keys(membersOf(option)).filter((member) => member !== '$schema') : [];
  const free = known.filter((member) => !(isObject(value) && Object.hasOwn(value, member)));
  const hint = suggest(name, free, known.length > 0 ? `members here: ${known.join(', ')}` : undefined);
  return { hint, member: nearest(name, free), sure: wordMeant(name, free) };
};
