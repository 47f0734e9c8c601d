import { Reader } from './reader.ts';
import type { Call, Comparator, Condition, Operand, Parsed } from './syntax.ts';

const comparators = ['=', '<>', '<', '<=', '>', '>='] as const;
const conditionFunctions = new Set([
  'attribute_exists',
  'attribute_not_exists',
  'attribute_type',
  'begins_with',
  'contains',
]);
const updateFunctions = new Set(['if_not_exists', 'list_append']);
const longestList = 100;

type Node = Condition | Operand;
const isCondition = (node: Node): node is Condition => node.kind !== 'path' && node.kind !== 'value';

/** Condition, filter and key condition expressions. */
export const parseCondition = (source: string): Parsed<Condition> => {
  const reader = new Reader(source);
  const tree = new ConditionParser(reader).whole();
  reader.finish();
  return { tree, paths: reader.paths, names: reader.names, values: reader.values };
};

class ConditionParser {
  readonly #reader: Reader;
  constructor(reader: Reader) {
    this.#reader = reader;
  }

  whole(): Condition {
    return this.#condition(this.#or());
  }

  /** After `(` all levels may turn out to be a bare operand: `(a) = :b`. */
  #or(): Node {
    let left = this.#and();
    while (this.#reader.isKeyword('OR')) left = this.#joined('or', left, () => this.#and());
    return left;
  }
  #and(): Node {
    let left = this.#not();
    while (this.#reader.isKeyword('AND')) left = this.#joined('and', left, () => this.#not());
    return left;
  }
  #joined(kind: 'and' | 'or', left: Node, parseRight: () => Node): Condition {
    const condition = this.#condition(left);
    this.#reader.takeKeyword(kind.toUpperCase());
    this.#reader.countOperator();
    return { kind, left: condition, right: this.#condition(parseRight()) };
  }
  #not(): Node {
    if (!this.#reader.takeKeyword('NOT')) return this.#comparison();
    this.#reader.countOperator();
    return { kind: 'not', inner: this.#condition(this.#not()) };
  }

  #comparison(): Node {
    const left = this.#primary();
    if (isCondition(left) && left.kind !== 'call') return left;
    const comparator = this.#reader.takeSymbol(...comparators) as Comparator | undefined;
    if (comparator) return this.#compared(left, comparator);
    if (this.#reader.takeKeyword('BETWEEN')) return this.#between(left);
    if (this.#reader.takeKeyword('IN')) return this.#in(left);
    return left;
  }
  #primary(): Node {
    const reader = this.#reader;
    if (!reader.takeSymbol('(')) return reader.operand();
    const inner = this.#or();
    reader.expectSymbol(')');
    if (inner === this.#wrapped) reader.refuseParentheses();
    this.#wrapped = inner;
    return inner;
  }
  /** What stood in the last parentheses: the same node in two of them has one pair too many. */
  #wrapped: Node | undefined;

  #compared(left: Operand, comparator: Comparator): Condition {
    const right = this.#right();
    return this.#checked({ kind: 'compare', comparator, left: this.#operand(left), right });
  }
  #between(operand: Operand): Condition {
    const low = this.#right();
    if (!this.#reader.takeKeyword('AND')) this.#reader.unexpected();
    return this.#checked({ kind: 'between', operand: this.#operand(operand), low, high: this.#right() });
  }
  #in(operand: Operand): Condition {
    this.#reader.expectSymbol('(');
    const list = this.#reader.list(() => this.#right());
    this.#reader.expectSymbol(')');
    if (list.length > longestList)
      this.#reader.refuse(
        'size',
        `The IN operator is provided with too many operands; number of operands: ${list.length}`,
      );
    return this.#checked({ kind: 'in', operand: this.#operand(operand), list });
  }
  #checked(condition: Condition): Condition {
    this.#reader.countOperator();
    return condition;
  }

  #right(): Operand {
    return this.#operand(this.#reader.operandInParentheses());
  }
  /** In the place of an operand only `size` may be called. */
  #operand(operand: Operand): Operand {
    if (operand.kind === 'call') this.#known(operand, operand.name === 'size');
    return operand;
  }
  /** In the place of a condition a path, a value and `size` may not stand. */
  #condition(node: Node): Condition {
    if (!isCondition(node)) this.#reader.unexpected();
    if (node.kind === 'call') this.#known(node, node.name !== 'size');
    return node;
  }
  #known(call: Call, wellPlaced: boolean): void {
    const known = call.name === 'size' || conditionFunctions.has(call.name);
    if (updateFunctions.has(call.name))
      this.#reader.refuse(
        'misuse',
        `The function is not allowed in a condition expression; function: ${call.name}`,
      );
    else if (!known) this.#reader.refuse('function', `Invalid function name; function: ${call.name}`);
    else if (!wellPlaced)
      this.#reader.refuse(
        'misuse',
        `The function is not allowed to be used this way in an expression; function: ${call.name}`,
      );
    for (const operand of call.operands) this.#operand(operand);
  }
}
