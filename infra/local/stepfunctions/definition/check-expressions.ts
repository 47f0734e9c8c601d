import type { ExprNode } from 'jsonata';
import { parseExpression } from '../expressions/evaluator.ts';
import { type Report, schemaError } from './diagnostic.ts';

const invalid = 'INVALID_JSONATA_EXPRESSION';
const unsupported = 'UNSUPPORTED_JSONATA_EXPRESSION';

const isNode = (value: unknown): value is ExprNode => typeof value === 'object' && value !== null;

/** Parts of a node with a context of their own. */
const inner = new Set(['stages', 'predicate', 'group']);

/** The parts of a node that are read against the same context as the node itself. */
const partsOf = (node: ExprNode): unknown[] => {
  if ((node.type as string) === 'path') return [node.steps?.[0]];
  return Object.entries(node)
    .filter(([key]) => !inner.has(key))
    .map(([, part]) => part as unknown);
};

/**
 * Expressions run without a context item: `phone` or `$$` reads what does not exist, and AWS refuses the
 * definition. Later steps of a path, predicates and groupings have a context of their own.
 */
const findTopLevelReference = (node: unknown): string | undefined => {
  if (Array.isArray(node)) return node.map(findTopLevelReference).find((found) => found !== undefined);
  if (!isNode(node)) return undefined;
  const value = node.value as unknown;
  if (node.type === 'name') return `Reference to '${String(value)}' at the top level is not supported.`;
  if (node.type === 'variable' && value === '$') return "Reference to '$$' is not supported.";
  return partsOf(node)
    .map(findTopLevelReference)
    .find((found) => found !== undefined);
};

/** A variable's member and a plain literal: a large machine has thousands, and no parser is needed to see that they are good. */
const plainComparison = /^\$[A-Za-z]\w*(\.[A-Za-z]\w*)* = (\d{1,9}|'[\w -]*')$/;

const checkExpression = (expression: string, at: string, report: Report, seen: Set<string>): void => {
  if (seen.has(expression) || plainComparison.test(expression)) return;
  try {
    const found = findTopLevelReference(parseExpression(expression).ast());
    if (found === undefined) seen.add(expression);
    else report(unsupported, found, at);
  } catch (cause) {
    report(invalid, (cause as Error).message ?? String(cause), at);
  }
};

/** Checks every `{% … %}` string within a value; `seen` spares expressions that were found good before. */
export const checkTemplate = (value: unknown, at: string, report: Report, seen: Set<string>) => {
  if (typeof value === 'string') return checkText(value, at, report, seen);
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) checkTemplate(item, `${at}[${i}]`, report, seen);
  } else if (isNode(value)) {
    for (const [key, item] of Object.entries(value)) checkTemplate(item, `${at}/${key}`, report, seen);
  }
};

const checkText = (text: string, at: string, report: Report, seen: Set<string>): void => {
  const [opens, closes] = [text.startsWith('{%'), text.endsWith('%}')];
  if (opens && closes && text.length >= 4) {
    checkExpression(text.slice(2, -2).trim(), at, report, seen);
  } else if (opens || closes) {
    report(schemaError, 'A JSONata expression must start with {% and end with %}', at);
  }
};
