import { type Node, type ParseError, parseTree } from 'jsonc-parser';
import { forbiddenKeys, maxJsonDepth, parseScanned, scanJson, utf8Length } from '#kernel/json';
import { shortened } from '#kernel/words';
import type { Path } from '../steps/parts.ts';
import { syntaxWords } from './syntax-words.ts';

const maxDocumentBytes = 1_048_576;

/** Something wrong with the text itself, before the language comes in. */
export interface TextProblem {
  code: string;
  path: Path;
  offset: number;
  message: string;
  hint?: string;
}

interface Position {
  /** 1-based. */
  line: number;
  /** 1-based, in UTF-16 units. */
  column: number;
  offset: number;
}

export interface ParsedText {
  /** Absent when the text is no JSON at all. */
  value?: unknown;
  problems: TextProblem[];
  /** Where the value at `path` stands, or its name (`key`). The nearest one around it when it is not there. */
  position(path: Path, at?: 'key' | 'value'): Position;
  positionAt(offset: number): Position;
}

export const parseText = (source: string): ParsedText => {
  // Some editors put a byte order mark in front; it is no mistake of the author.
  const text = source.startsWith('\uFEFF') ? ` ${source.slice(1)}` : source;
  const positionAt = lineIndex(text);
  const { refused, members } = refuse(text);
  if (refused) return { problems: [refused], positionAt, position: () => positionAt(refused.offset) };
  const { value } = parseScanned(text, members);
  return value === undefined ? parseSlowly(text, positionAt) : parsedAtOnce(text, value, positionAt);
};

/** Nearly all documents are good JSON: the tree with positions is made when the first issue asks for one. */
const parsedAtOnce = (text: string, value: unknown, positionAt: ParsedText['positionAt']): ParsedText => {
  let root: Node | undefined;
  const position: ParsedText['position'] = (path, at) => {
    root ??= parseTree(text);
    return positionAt(offsetOf(root, path, at));
  };
  return { value, problems: [], position, positionAt };
};

const parseSlowly = (text: string, positionAt: ParsedText['positionAt']): ParsedText => {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const position = (path: Path, at?: 'key' | 'value') => positionAt(offsetOf(root, path, at));
  if (errors.length > 0 || !root) return { problems: syntaxProblems(text, errors), position, positionAt };
  const problems: TextProblem[] = [];
  return { value: plainValue(root, [], problems), problems, position, positionAt };
};

const refuse = (text: string): { refused?: TextProblem; members: number } => {
  const bytes = utf8Length(text);
  if (bytes > maxDocumentBytes) return { refused: tooLarge(bytes), members: 0 };
  const { tooDeepAt, members } = scanJson(text);
  return tooDeepAt === undefined ? { members } : { refused: tooDeep(tooDeepAt), members };
};

const tooLarge = (bytes: number): TextProblem => ({
  code: 'document-too-large',
  path: [],
  offset: 0,
  message: `the document has ${bytes} bytes; at most ${maxDocumentBytes} (1 MB) are allowed`,
  hint: 'hand over to a second journey, or move long texts into templates',
});

const tooDeep = (offset: number): TextProblem => ({
  code: 'too-deep',
  path: [],
  offset,
  message: `the document is nested deeper than ${maxJsonDepth} levels here`,
  hint: 'let decisions follow each other instead of standing in each other',
});

const syntaxProblems = (text: string, errors: readonly ParseError[]): TextProblem[] => {
  const [first] = errors;
  // What follows the first mistake is mostly its echo.
  return [
    first
      ? { code: 'not-json', path: [], offset: first.offset, ...syntaxWords(first, text) }
      : { code: 'not-json', path: [], offset: 0, message: 'the document is empty' },
  ];
};

/** The plain value of a tree, with what JSON allows and we do not. */
const plainValue = (node: Node, path: Path, problems: TextProblem[]): unknown => {
  if (node.type === 'object') return objectOf(node, path, problems);
  if (node.type === 'array')
    return (node.children ?? []).map((child, i) => plainValue(child, [...path, i], problems));
  const wrong = scalarProblem(node.value);
  if (wrong) problems.push({ ...wrong, path, offset: node.offset });
  return node.value;
};

const scalarProblem = (value: unknown): Pick<TextProblem, 'code' | 'message'> | undefined => {
  if (typeof value === 'string' && !value.isWellFormed())
    return { code: 'lone-surrogate', message: 'this text holds half of a character (a lone surrogate)' };
  if (typeof value === 'number' && !Number.isFinite(value))
    return { code: 'number-too-large', message: 'this number is too large to be kept' };
  return undefined;
};

const objectOf = (node: Node, path: Path, problems: TextProblem[]): Record<string, unknown> => {
  const object: Record<string, unknown> = {};
  for (const property of node.children ?? []) {
    const [key, value] = property.children as [Node, Node];
    const name = key.value as string;
    const problem = keyProblem(name, object);
    if (problem) problems.push({ ...problem, path: [...path, name], offset: key.offset });
    const inner = plainValue(value, [...path, name], problems);
    if (!forbiddenKeys.has(name)) object[name] = inner;
  }
  return object;
};

const keyProblem = (
  name: string,
  object: Record<string, unknown>,
): Pick<TextProblem, 'code' | 'message' | 'hint'> | undefined => {
  if (forbiddenKeys.has(name))
    return { code: 'forbidden-key', message: `the name "${name}" is not allowed`, hint: 'use another name' };
  if (!name.isWellFormed())
    return { code: 'lone-surrogate', message: 'this name holds half of a character (a lone surrogate)' };
  if (Object.hasOwn(object, name))
    return {
      code: 'duplicate-key',
      message: `"${shortened(name)}" stands twice in the same object; only one of them could count`,
      hint: 'remove one of the two',
    };
  return undefined;
};

const offsetOf = (root: Node | undefined, path: Path, at: 'key' | 'value' = 'value'): number => {
  let node = root;
  for (const [depth, name] of path.entries()) {
    const property = node && childOf(node, name);
    if (!property) return node?.offset ?? 0;
    if (at === 'key' && depth === path.length - 1) return property.offset;
    node = property.type === 'property' ? property.children?.[1] : property;
  }
  return node?.offset ?? 0;
};

const childOf = (node: Node, name: string | number): Node | undefined =>
  node.type === 'object' ? membersOf(node).get(String(name)) : node.children?.[Number(name)];

/** Properties by name, the last of the same name; kept, so that many issues in one large object stay cheap. */
const membersOf = (node: Node): ReadonlyMap<string, Node> => {
  const known = memberIndex.get(node);
  if (known) return known;
  const members = new Map(
    (node.children ?? []).map((property) => [property.children?.[0]?.value as string, property]),
  );
  memberIndex.set(node, members);
  return members;
};
const memberIndex = new WeakMap<Node, ReadonlyMap<string, Node>>();

/** Offsets to lines: the starts of all lines, then a binary search. */
const lineIndex = (text: string): ((offset: number) => Position) => {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low]! + 1, offset };
  };
};
