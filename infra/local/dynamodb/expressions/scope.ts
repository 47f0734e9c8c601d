import { validation } from '../errors.ts';
import { itemSize } from '../values/size.ts';
import { type Bindings, checkCondition } from './check-condition.ts';
import { checkUpdate } from './check-update.ts';
import { conditions, type ParseCache, projections, updates } from './parse-cache.ts';
import { refuseOverlaps, resolved } from './paths.ts';
import {
  checkedNames,
  checkedValues,
  type ExpressionInput,
  type ExpressionName,
  refuseUnused,
  refuseWithoutExpression,
} from './placeholders.ts';
import { ExpressionProblem } from './reader.ts';
import type { Condition, Parsed, Path, Update } from './syntax.ts';

/** An expression with the names and values of its request. */
export interface Bound<Tree> {
  tree: Tree;
  bindings: Bindings;
  /** Every path it mentions, without placeholders. */
  paths: readonly Path[];
}

type ConditionName = 'ConditionExpression' | 'FilterExpression' | 'KeyConditionExpression';

/**
 * The expressions of one request, which share names and values. Ask for each once, then `finish`,
 * which refuses the names and values that none of them used. All of it throws ValidationException.
 */
export class ExpressionScope {
  readonly #input: ExpressionInput;
  readonly #bindings: Bindings;
  readonly #used = new Set<string>();

  /** `allowed`: the expressions that the operation knows, in the order of the service's messages. */
  constructor(input: ExpressionInput, allowed: readonly ExpressionName[]) {
    refuseWithoutExpression(input, allowed);
    this.#input = input;
    this.#bindings = {
      names: checkedNames(input.ExpressionAttributeNames),
      values: checkedValues(input.ExpressionAttributeValues),
    };
  }

  condition(name: ConditionName): Bound<Condition> | undefined {
    return this.#bound(name, conditions, (tree) => checkCondition(tree, this.#bindings));
  }
  update(): Bound<Update> | undefined {
    return this.#bound('UpdateExpression', updates, (tree) => checkUpdate(tree, this.#bindings));
  }
  projection(): readonly Path[] | undefined {
    return this.#bound('ProjectionExpression', projections, () => {})?.paths;
  }

  /** Of the values, in the service's bytes. */
  get size(): number {
    return itemSize(this.#bindings.values);
  }

  finish(): void {
    refuseUnused('ExpressionAttributeNames', this.#bindings.names, this.#used);
    refuseUnused('ExpressionAttributeValues', this.#bindings.values, this.#used);
  }

  #bound<Tree>(
    name: ExpressionName,
    cache: ParseCache<Tree>,
    check: (tree: Tree) => void,
  ): Bound<Tree> | undefined {
    const source = this.#input[name];
    if (source === undefined || source === null) return undefined;
    try {
      const parsed = cache.parse(source);
      this.#useNames(parsed);
      refuseOverlaps(cache.distinctPaths(parsed.tree, this.#bindings));
      this.#useValues(parsed);
      check(parsed.tree);
      return { tree: parsed.tree, bindings: this.#bindings, paths: this.#pathsOf(parsed) };
    } catch (error) {
      if (!(error instanceof ExpressionProblem)) throw error;
      throw validation(`Invalid ${name}: ${error.message}`);
    }
  }

  #pathsOf(parsed: Parsed<unknown>): readonly Path[] {
    return parsed.names.length === 0
      ? parsed.paths
      : parsed.paths.map((path) => resolved(path, this.#bindings.names));
  }

  #useNames({ names }: Parsed<unknown>): void {
    for (const name of names) {
      if (!Object.hasOwn(this.#bindings.names, name))
        throw new ExpressionProblem(
          `An expression attribute name used in the document path is not defined; attribute name: ${name}`,
        );
      this.#used.add(name);
    }
  }
  #useValues({ values }: Parsed<unknown>): void {
    for (const value of values) {
      if (!Object.hasOwn(this.#bindings.values, value))
        throw new ExpressionProblem(
          `An expression attribute value used in expression is not defined; attribute value: ${value}`,
        );
      this.#used.add(value);
    }
  }
}

/**
 * What a request with no expression but this asks of the item that is there.
 * @throws ValidationException
 */
export const conditionOf = (
  input: ExpressionInput,
): { condition: Bound<Condition> | undefined; scope: ExpressionScope } => {
  const scope = new ExpressionScope(input, ['ConditionExpression']);
  const condition = scope.condition('ConditionExpression');
  scope.finish();
  return { condition, scope };
};
