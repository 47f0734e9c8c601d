/** What JSON allows and DynamoDB does not, so that it is refused at the door and not by the table. */

/** DynamoDB nests 32 levels; what comes from outside lies a few levels down in its item. */
const maxDepth = 24;
const smallest = 1e-130;

export interface Unstorable {
  code: 'too-deep' | 'number-out-of-range' | 'empty-name';
  message: string;
}

const isKept = (n: number): boolean =>
  Math.abs(n) <= Number.MAX_SAFE_INTEGER && (n === 0 || Math.abs(n) >= smallest);

export const findUnstorable = (value: unknown, depth = 0): Unstorable | undefined => {
  if (typeof value === 'number' && !isKept(value))
    return { code: 'number-out-of-range', message: 'A number is too large or too small to be kept exactly.' };
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth === maxDepth)
    return { code: 'too-deep', message: `Values may nest at most ${maxDepth} levels deep.` };
  if (Object.hasOwn(value, '')) return { code: 'empty-name', message: 'A member has an empty name.' };
  for (const inner of Object.values(value)) {
    const found = findUnstorable(inner, depth + 1);
    if (found) return found;
  }
  return undefined;
};
