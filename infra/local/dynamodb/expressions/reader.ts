import { type Token, type TokenKind, tokenize } from './lexer.ts';
import { isReserved } from './reserved-words.ts';
import type { Call, Operand, Path, PathPart, ValueOperand } from './syntax.ts';

/** What is wrong with an expression, in the service's words but without "Invalid …Expression:". */
export class ExpressionProblem extends Error {
  override readonly name = 'ExpressionProblem';
}

/** In every kind of expression, in any case. */
const keywords = new Set(['SET', 'REMOVE', 'ADD', 'DELETE', 'AND', 'OR', 'NOT', 'IN', 'BETWEEN']);
const deepestPath = 32;
const mostOperators = 300;

/**
 * Walks over the tokens of one expression and parses what all kinds of expressions share. Refusals
 * that the service only makes of a syntactically sound expression are kept until `finish`, and made
 * in the order of `Refusal`.
 */
export class Reader {
  readonly paths: Path[] = [];
  readonly names: string[] = [];
  readonly values: string[] = [];
  readonly #source: string;
  readonly #tokens: readonly Token[];
  readonly #refusals = new Map<Refusal, string>();
  #position = 0;
  #operators = 0;

  constructor(source: string) {
    this.#source = source;
    this.#tokens = tokenize(source);
  }

  get token(): Token {
    return this.#tokens[this.#position]!;
  }
  get next(): Token {
    return this.#tokens[Math.min(this.#position + 1, this.#tokens.length - 1)]!;
  }

  /** @throws ExpressionProblem */
  unexpected(): never {
    const before = this.#tokens[Math.max(0, this.#position - 1)]!;
    const near = this.#source.slice(before.start, this.next.end);
    throw new ExpressionProblem(`Syntax error; token: "${this.token.text}", near: "${near}"`);
  }

  refuse(refusal: Refusal, message: string): void {
    if (!this.#refusals.has(refusal)) this.#refusals.set(refusal, message);
  }

  countOperator(): void {
    if (++this.#operators > mostOperators)
      this.refuse('size', `The expression contains too many operators; operator count: ${this.#operators}`);
  }

  isKeyword(word: string): boolean {
    return this.token.kind === 'identifier' && this.token.text.toUpperCase() === word;
  }
  takeKeyword(word: string): boolean {
    return this.isKeyword(word) && this.#advance();
  }
  takeSymbol(...texts: readonly string[]): string | undefined {
    const { kind, text } = this.token;
    return kind === 'symbol' && texts.includes(text) && this.#advance() ? text : undefined;
  }
  expectSymbol(text: string): void {
    if (!this.takeSymbol(text)) this.unexpected();
  }
  take(kind: TokenKind): string {
    const { token } = this;
    if (token.kind !== kind || this.#isKeyword(token)) this.unexpected();
    this.#advance();
    return token.text;
  }

  path(): Path {
    const path: PathPart[] = [this.#pathName()];
    for (;;) {
      if (this.takeSymbol('.')) path.push(this.#pathName());
      else if (this.takeSymbol('[')) {
        path.push(Number(this.take('number')));
        this.expectSymbol(']');
      } else break;
    }
    if (path.length > deepestPath)
      this.refuse('size', `The document path has too many nesting levels; nesting levels: ${path.length}`);
    this.paths.push(path);
    return path;
  }

  value(): ValueOperand {
    const name = this.take('value');
    this.values.push(name);
    return { kind: 'value', name };
  }

  /** A path, a value, or a call; not in parentheses. */
  operand(): Operand {
    if (this.token.kind === 'value') return this.value();
    if (this.token.kind === 'identifier' && this.next.text === '(') return this.#call();
    return { kind: 'path', path: this.path() };
  }

  operandInParentheses(): Operand {
    if (!this.takeSymbol('(')) return this.operand();
    if (this.token.text === '(') this.refuseParentheses();
    const inner = this.operandInParentheses();
    this.expectSymbol(')');
    return inner;
  }

  refuseParentheses(): void {
    this.refuse('parentheses', 'The expression has redundant parentheses;');
  }

  #call(): Call {
    const name = this.take('identifier');
    this.expectSymbol('(');
    const operands = this.list(() => this.operandInParentheses());
    this.expectSymbol(')');
    this.countOperator();
    return { kind: 'call', name, operands };
  }

  list<T>(element: () => T): T[] {
    const elements = [element()];
    while (this.takeSymbol(',')) elements.push(element());
    return elements;
  }

  /** After the whole expression: nothing may follow, and nothing may have been refused. */
  finish(): void {
    if (this.token.kind !== 'end') this.unexpected();
    for (const refusal of refusals) {
      const message = this.#refusals.get(refusal);
      if (message) throw new ExpressionProblem(message);
    }
  }

  #pathName(): string {
    if (this.token.kind === 'name') {
      const name = this.take('name');
      this.names.push(name);
      return name;
    }
    const name = this.take('identifier');
    if (isReserved(name))
      this.refuse('reserved', `Attribute name is a reserved keyword; reserved keyword: ${name}`);
    return name;
  }
  #isKeyword(token: Token): boolean {
    return token.kind === 'identifier' && keywords.has(token.text.toUpperCase());
  }
  #advance(): true {
    this.#position++;
    return true;
  }
}

const refusals = ['size', 'parentheses', 'function', 'misuse', 'reserved', 'section'] as const;
type Refusal = (typeof refusals)[number];
