import { operatorNames } from '#conditions/schema';
import { isObject } from '#kernel/json';
import { joined, oneOf } from '#kernel/words';
import { placeOf } from '../places.ts';
import type { Mistake, ShapeFinding } from './shape.ts';
import { describeValue } from './values.ts';

/** What the schemas refuse beyond single members; their messages are `keyword` or `keyword:members`. */
export const refinementFinding = (mistake: Mistake): ShapeFinding => {
  const [keyword = '', list = ''] = mistake.issue.message.split(':');
  const members = list.split(',');
  if (keyword === 'needs-operator') return needsOperator(mistake);
  if (keyword === 'needs-on-or-if') return needsOneOf(mistake, ['on', 'if']);
  if (keyword === 'at-least-one') return needsOneOf(mistake, members);
  if (keyword === 'exactly-one') return exactlyOne(mistake, members);
  const { path, value, place, issue } = mistake;
  return {
    code: 'wrong-form',
    path,
    message: `${place} cannot be ${describeValue(value)}`,
    hint: issue.message,
  };
};

const needsOperator = ({ path, value, place }: Mistake): ShapeFinding => {
  const source = isObject(value) ? (Object.values(value)[0] ?? '') : '';
  return {
    code: 'missing-operator',
    path,
    message:
      typeof source === 'string' && source
        ? `${place} names "${source}" but compares it with nothing`
        : `${place} compares with nothing`,
    hint: `add one of ${operatorNames.join(', ')}`,
  };
};

const needsOneOf = ({ path, raw }: Mistake, members: readonly string[]): ShapeFinding => ({
  code: 'missing-member',
  path,
  message: `${placeOf(raw, path)} needs at least one of ${oneOf(members)}`,
  hint: `add ${oneOf(members)}`,
});

const exactlyOne = ({ path, raw, value }: Mistake, members: readonly string[]): ShapeFinding => {
  const given = isObject(value) ? members.filter((member) => Object.hasOwn(value, member)) : [];
  const place = placeOf(raw, path);
  if (given.length === 0)
    return {
      code: 'missing-member',
      path,
      message: `${place} has neither ${joined(quoted(members), 'nor')}`,
      hint: `add ${oneOf(members)}`,
    };
  return {
    code: 'too-many-members',
    path: [...path, given[1]!],
    at: 'key',
    message: `${place} has both ${joined(quoted(given))}; only one of them can count`,
    hint: `remove ${oneOf(given)}`,
  };
};

const quoted = (names: readonly string[]): string[] => names.map((name) => `"${name}"`);
