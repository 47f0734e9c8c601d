import { validation } from '../errors.ts';
import { compareBytes, compareStrings } from '../values/compare.ts';
import { addNumbers, compareNumbers, subtractNumbers } from '../values/number.ts';
import { type Item, setAttribute, typeOf, type Value } from '../values/value.ts';
import type { Bindings } from './check-condition.ts';
import { head, resolved, valueAt } from './paths.ts';
import { isArithmetic, type Operand, type Path, type SetValue, type Update } from './syntax.ts';

/** One path and what stands there afterwards; nothing when it is removed. */
interface Outcome {
  path: Path;
  value: Value | undefined;
}

/**
 * The item after the update; the item given stays as it is. All right sides see the item as it was.
 * @throws ValidationException when types or paths do not fit the item
 */
export const applyUpdate = (update: Update, item: Item, bindings: Bindings): Item => {
  const path = (action: { path: Path }) => resolved(action.path, bindings.names);
  const existing = (action: { path: Path }) => valueAt(item, path(action));
  const given = (name: string) => bindings.values[name]!;
  const outcomes: Outcome[] = [
    ...update.set.map((a) => ({ path: path(a), value: assigned(a.value, item, bindings) })),
    ...update.add.map((a) => ({ path: path(a), value: added(existing(a), given(a.value.name)) })),
    ...update.delete.map((a) => ({ path: path(a), value: without(existing(a), given(a.value.name)) })),
    ...update.remove.map((a) => ({ path: path(a), value: undefined })),
  ];
  return applied(outcomes, item);
};

export const targetsOf = (update: Update, bindings: Bindings): Path[] =>
  [...update.set, ...update.remove, ...update.add, ...update.delete].map(({ path }) =>
    resolved(path, bindings.names),
  );

const wrongType = () => validation('An operand in the update expression has an incorrect data type');

const assigned = (value: SetValue, item: Item, bindings: Bindings): Value => {
  if (isArithmetic(value)) {
    const left = assigned(value.left, item, bindings);
    const right = assigned(value.right, item, bindings);
    if (left.N === undefined || right.N === undefined) throw wrongType();
    return { N: value.kind === 'sum' ? addNumbers(left.N, right.N) : subtractNumbers(left.N, right.N) };
  }
  const found = operandValue(value, item, bindings);
  if (!found)
    throw validation('The provided expression refers to an attribute that does not exist in the item');
  return found;
};

const operandValue = (operand: Operand, item: Item, bindings: Bindings): Value | undefined => {
  if (operand.kind === 'value') return bindings.values[operand.name];
  if (operand.kind === 'path') return valueAt(item, resolved(operand.path, bindings.names));
  const [first, second] = operand.operands as [Operand, Operand];
  // Both are looked up: the second must be there even where the first is.
  if (operand.name === 'if_not_exists') {
    const otherwise = assigned(second, item, bindings);
    return operandValue(first, item, bindings) ?? otherwise;
  }
  const front = assigned(first, item, bindings);
  const back = assigned(second, item, bindings);
  if (!front.L || !back.L) throw wrongType();
  return { L: [...front.L, ...back.L] };
};

const added = (existing: Value | undefined, value: Value): Value => {
  if (!existing) return value;
  if (typeOf(existing) !== typeOf(value)) throw wrongType();
  if (existing.N !== undefined) return { N: addNumbers(existing.N, value.N!) };
  return changedSet(existing, value, (a, b, compare) => [
    ...a,
    ...b.filter((x) => !a.some((y) => compare(x, y) === 0)),
  ])!;
};

const without = (existing: Value | undefined, value: Value): Value | undefined => {
  if (!existing) return undefined;
  if (typeOf(existing) !== typeOf(value)) throw wrongType();
  return changedSet(existing, value, (a, b, compare) => a.filter((x) => !b.some((y) => compare(x, y) === 0)));
};

type Change = <T>(a: T[], b: T[], compare: (x: T, y: T) => number) => T[];

/** Sets stay sorted; an empty one is no value. */
const changedSet = (a: Value, b: Value, change: Change): Value | undefined => {
  const changed = <T>(x: T[], y: T[], compare: (p: T, q: T) => number): T[] | undefined => {
    const result = change(x, y, compare).sort(compare);
    return result.length > 0 ? result : undefined;
  };
  const SS = a.SS && changed(a.SS, b.SS!, compareStrings);
  const NS = a.NS && changed(a.NS, b.NS!, compareNumbers);
  const BS = a.BS && changed(a.BS, b.BS!, compareBytes);
  return SS ? { SS } : NS ? { NS } : BS && { BS };
};

const applied = (outcomes: readonly Outcome[], item: Item): Item => {
  const result = { ...item };
  const copied = new Set<string>();
  const lists = new Set<Value>();
  for (const { path, value } of outcomes) {
    const name = head(path);
    if (path.length > 1 && !copied.has(name) && Object.hasOwn(result, name)) {
      copied.add(name);
      setAttribute(result, name, copyOf(result[name]!));
    }
    const parent = path.length === 1 ? { M: result } : valueAt(result, path.slice(0, -1));
    if (!parent) throw invalidPath();
    if (place(parent, path.at(-1)!, value)) lists.add(parent);
  }
  for (const list of lists) list.L = Object.values(list.L!);
  return result;
};

const invalidPath = () =>
  validation('The document path provided in the update expression is invalid for update');

/**
 * Lists may get holes, so that all places of one update are those before it; true when the parent is
 * one. A place behind the end becomes a hole's far side and ends up as the last element.
 */
const place = (parent: Value, part: string | number, value: Value | undefined): boolean => {
  if (typeof part === 'string') {
    if (!parent.M) throw invalidPath();
    if (value) setAttribute(parent.M, part, value);
    else delete parent.M[part];
    return false;
  }
  if (!parent.L) throw invalidPath();
  if (value) parent.L[part] = value;
  else delete parent.L[part];
  return true;
};

const copyOf = (value: Value): Value => {
  if (value.L) return { L: value.L.map(copyOf) };
  if (!value.M) return value;
  const M: Item = {};
  for (const name in value.M) setAttribute(M, name, copyOf(value.M[name]!));
  return { M };
};
