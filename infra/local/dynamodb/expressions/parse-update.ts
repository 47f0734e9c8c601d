import { Reader } from './reader.ts';
import {
  isArithmetic,
  type Operand,
  type Parsed,
  type Path,
  type SetValue,
  type Update,
  type ValueOperand,
} from './syntax.ts';

const sections = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;
type Section = (typeof sections)[number];
const conditionFunctions = new Set([
  'attribute_exists',
  'attribute_not_exists',
  'attribute_type',
  'begins_with',
  'contains',
  'size',
]);

export const parseUpdate = (source: string): Parsed<Update> => {
  const reader = new Reader(source);
  const tree = new UpdateParser(reader).whole();
  reader.finish();
  return { tree, paths: reader.paths, names: reader.names, values: reader.values };
};

class UpdateParser {
  readonly #reader: Reader;
  #update: Update = { set: [], remove: [], add: [], delete: [] };
  constructor(reader: Reader) {
    this.#reader = reader;
  }

  whole(): Update {
    const seen = new Set<Section>();
    do {
      const section = this.#section();
      if (seen.has(section))
        this.#reader.refuse(
          'section',
          `The "${section}" section can only be used once in an update expression;`,
        );
      seen.add(section);
    } while (this.#reader.token.kind !== 'end');
    return this.#update;
  }

  #section(): Section {
    const section = sections.find((word) => this.#reader.takeKeyword(word)) ?? this.#reader.unexpected();
    const all = <T>(element: () => T): T[] => this.#reader.list(element);
    const update = this.#update;
    if (section === 'SET') this.#update = { ...update, set: all(() => this.#assignment()) };
    if (section === 'REMOVE') this.#update = { ...update, remove: all(() => this.#removal()) };
    if (section === 'ADD') this.#update = { ...update, add: all(() => this.#pair()) };
    if (section === 'DELETE') this.#update = { ...update, delete: all(() => this.#pair()) };
    return section;
  }
  #removal(): { path: Path } {
    return { path: this.#reader.path() };
  }
  #pair(): { path: Path; value: ValueOperand } {
    return { path: this.#reader.path(), value: this.#reader.value() };
  }
  #assignment(): { path: Path; value: SetValue } {
    const path = this.#reader.path();
    this.#reader.expectSymbol('=');
    this.#reader.countOperator();
    const value = this.#sum();
    if (value.kind === 'call') this.#known(value.name, true);
    return { path, value };
  }

  #sum(): SetValue {
    const left = this.#primary();
    const symbol = this.#reader.token.text;
    if (isArithmetic(left) || !this.#reader.takeSymbol('+', '-')) return left;
    this.#reader.countOperator();
    const right = this.#primary();
    if (isArithmetic(right)) return this.#reader.unexpected();
    for (const operand of [left, right]) this.#nested(operand);
    return { kind: symbol === '+' ? 'sum' : 'difference', left, right };
  }
  #primary(): SetValue {
    const reader = this.#reader;
    if (!reader.takeSymbol('(')) return this.#checkedOperand(reader.operand());
    const inner = this.#sum();
    reader.expectSymbol(')');
    if (inner === this.#wrapped) reader.refuseParentheses();
    this.#wrapped = inner;
    return inner;
  }
  #wrapped: SetValue | undefined;

  #checkedOperand(operand: Operand): Operand {
    if (operand.kind !== 'call') return operand;
    this.#known(operand.name, true);
    for (const inner of operand.operands) this.#nested(this.#checkedOperand(inner));
    return operand;
  }
  /** Only `if_not_exists` may stand inside of something else. */
  #nested(operand: Operand): void {
    if (operand.kind === 'call') this.#known(operand.name, operand.name !== 'list_append');
  }
  #known(name: string, wellPlaced: boolean): void {
    if (conditionFunctions.has(name))
      this.#reader.refuse('misuse', `The function is not allowed in an update expression; function: ${name}`);
    else if (name !== 'if_not_exists' && name !== 'list_append')
      this.#reader.refuse('function', `Invalid function name; function: ${name}`);
    else if (!wellPlaced)
      this.#reader.refuse(
        'misuse',
        `The function is not allowed to be used this way in an expression; function: ${name}`,
      );
  }
}
