import { type Context, evalToken, type Filter, type Liquid, type Template, toValue, Value } from 'liquidjs';
import { isBlank, isBlankText } from './blank.ts';
import { childrenOf, MissingVariable, roots } from './missing.ts';
import {
  argumentOf,
  assignmentIn,
  exchangeValue,
  isComparison,
  isDefault,
  joins,
  pathOf,
  rootOf,
} from './origin.ts';

/** Where a value comes from, kept with each name that a template assigns. */
interface Origin {
  /** The variable that is to blame should nothing be left of it. */
  source?: string | undefined;
  /** The variable that has no value: whatever filters make of it stays incomplete. */
  hole?: string | undefined;
}
interface Traced extends Origin {
  value: unknown;
}

const originsOf = (context: Context): Map<string, Origin> =>
  context.getRegister('origins', new Map() as never) as unknown as Map<string, Origin>;

/** A name that is made anew has no hole of before. */
export const forgetOrigin = (context: Context, name: string): void => {
  originsOf(context).delete(name);
};

/** The names of loops over what a contact or an event brought, and whether the inmost loop of a name is one. */
const loopsOf = (context: Context): Map<string, boolean> =>
  context.getRegister('loops', new Map() as never) as unknown as Map<string, boolean>;

/** What a loop's name holds comes from where its list does. @returns how to leave the loop */
export const enterLoop = (context: Context, name: string, list: unknown): (() => void) => {
  const loops = loopsOf(context);
  const outside = loops.get(name);
  const isGiven = originAt(list, [], context).source !== undefined;
  loops.set(name, isGiven);
  return () => {
    if (outside === undefined) loops.delete(name);
    else loops.set(name, outside);
  };
};

const scopeOf = (context: Context, name: string): unknown =>
  (context as unknown as { findScope(key: string): unknown }).findScope(name);

const originAt = (token: unknown, value: unknown, context: Context): Origin => {
  const path = pathOf(token);
  if (path === undefined) return {};
  const root = rootOf(path);
  const missing = value === null || value === undefined;
  const isAssigned = scopeOf(context, root) === context.bottom();
  if (isAssigned) return originsOf(context).get(root) ?? (missing && path !== root ? { hole: path } : {});
  if (roots.has(root) || loopsOf(context).get(root))
    return { source: path, hole: isBlankText(value) ? path : undefined };
  return missing ? { hole: path } : {};
};

function* instead(filter: Filter, before: Traced, context: Context): Generator<unknown, Traced, unknown> {
  const value = toValue(before.value);
  const allowFalse = filter.args.find((each) => Array.isArray(each) && each[0] === 'allow_false');
  const keepsFalse = Array.isArray(allowFalse) && (yield evalToken(allowFalse[1], context)) === true;
  if (before.hole === undefined && !isBlank(value) && (value !== false || keepsFalse)) return { value };
  const token = argumentOf(filter) as Parameters<typeof evalToken>[0];
  const other = yield evalToken(token, context, true);
  return { value: other, ...originAt(token, other, context) };
}

/** Of an empty text they tell something. */
const describing: ReadonlySet<string> = new Set(['size', 'json', 'number_of_words']);

function* applied(filter: Filter, before: Traced, context: Context): Generator<unknown, Traced, unknown> {
  const value = yield filter.render(before.value, context);
  const token = argumentOf(filter) as Parameters<typeof evalToken>[0];
  const joined = joins(filter) ? originAt(token, yield evalToken(token, context), context).hole : undefined;
  const isTold = describing.has(filter.name) && (toValue(before.value) ?? null) !== null;
  return { value, source: before.source, hole: (isTold ? undefined : before.hole) ?? joined };
}

function* traced(
  { initial }: Value,
  filters: readonly Filter[],
  context: Context,
  lenient: boolean,
): Generator<unknown, Traced, unknown> {
  const value = yield initial.evaluate(context, lenient || filters.some(isDefault));
  const origin = initial.postfix.length > 1 ? {} : originAt(initial.postfix[0], toValue(value), context);
  let now: Traced = { value, ...origin };
  for (const [index, filter] of filters.entries()) {
    if (isDefault(filter)) now = yield* instead(filter, now, context);
    // What is replaced anyway need not be worked on.
    else if (now.hole === undefined || !filters.slice(index).some(isDefault))
      now = yield* applied(filter, now, context);
  }
  return now;
}

class GuardedValue extends Value {
  constructor({ initial, filters }: Value, liquid: Liquid) {
    super({ initial, filters: [] } as never, liquid);
    this.filters.push(...filters);
  }
}

class Printed extends GuardedValue {
  override *value(context: Context): Generator<unknown, unknown, unknown> {
    const { value, hole, source } = yield* traced(this, this.filters.slice(0, -1), context, false);
    const missing = hole ?? (isBlank(toValue(value)) ? source : undefined);
    if (missing !== undefined) throw new MissingVariable(missing);
    // The escaping, which liquidjs puts last.
    return yield this.filters.at(-1)?.render(value, context);
  }
}

/** Kept as it is: it may never be printed, or only asked for. */
class Assigned extends GuardedValue {
  readonly #name: string;
  constructor(name: string, value: Value, liquid: Liquid) {
    super(value, liquid);
    this.#name = name;
  }
  override *value(context: Context): Generator<unknown, unknown, unknown> {
    const { value, ...origin } = yield* traced(this, this.filters, context, true);
    originsOf(context).set(this.#name, isComparison(this) ? { hole: origin.hole } : origin);
    // Of undefined liquidjs would tell the name, which is not the author's slip.
    return origin.source === undefined ? value : (value ?? null);
  }
}

/** liquidjs's strict mode stops at `undefined`; empty and null values are holes as well, also under another name. */
export const guardOutputs = (templates: readonly Template[], liquid: Liquid): void => {
  for (const template of templates) {
    const assignment = assignmentIn(template);
    exchangeValue(template, (value) =>
      assignment ? new Assigned(assignment.name, value, liquid) : new Printed(value, liquid),
    );
    guardOutputs(childrenOf(template), liquid);
  }
};
