import { targetsOf } from './apply-update.ts';
import type { Bindings } from './check-condition.ts';
import { parseCondition } from './parse-condition.ts';
import { parseProjection } from './parse-projection.ts';
import { parseUpdate } from './parse-update.ts';
import { resolved } from './paths.ts';
import { ExpressionProblem } from './reader.ts';
import type { Parsed, Path } from './syntax.ts';

const longestExpression = 4096;
const mostCached = 2000;

/** The paths of an expression that must lead to different places. */
type DistinctPaths<Tree> = (tree: Tree, bindings: Bindings) => readonly Path[];

/** Expressions are few and come again and again. */
export class ParseCache<Tree> {
  readonly distinctPaths: DistinctPaths<Tree>;
  readonly #parsed = new Map<string, Parsed<Tree>>();
  readonly #parse: (source: string) => Parsed<Tree>;

  constructor(parse: (source: string) => Parsed<Tree>, distinctPaths: DistinctPaths<Tree>) {
    this.#parse = parse;
    this.distinctPaths = distinctPaths;
  }

  /** @throws ExpressionProblem */
  parse(source: string): Parsed<Tree> {
    const known = this.#parsed.get(source);
    if (known) return known;
    refuseSize(source);
    const parsed = this.#parse(source);
    if (this.#parsed.size >= mostCached) this.#parsed.clear();
    this.#parsed.set(source, parsed);
    return parsed;
  }
}

const refuseSize = (source: string): void => {
  if (source === '') throw new ExpressionProblem('The expression can not be empty;');
  if (source.length > longestExpression)
    throw new ExpressionProblem(
      `Expression size has exceeded the maximum allowed size; expression size: ${source.length}`,
    );
};

export const conditions = new ParseCache(parseCondition, () => []);
export const updates = new ParseCache(parseUpdate, targetsOf);
export const projections = new ParseCache(parseProjection, (paths, { names }) =>
  paths.map((path) => resolved(path, names)),
);
