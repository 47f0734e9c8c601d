import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const app = join(import.meta.dirname, '../../functions/console/app');

/** Attributes that are read to somebody or shown; the others name things for programs. */
const shownAttributes = new Set([
  ...['title', 'alt', 'placeholder', 'label', 'aria-label', 'aria-description', 'aria-roledescription'],
  ...['aria-valuetext', 'lead', 'hint', 'text', 'fault', 'verb', 'describe'],
]);

const hasWords = (text: string): boolean => /\p{L}{2}/u.test(text);
/** Two words one after the other, the first as a sentence begins. */
const isSentence = (text: string): boolean => /^\P{L}*\p{Lu}\p{Ll}*\s\p{L}/u.test(text);

const textOf = (node: ts.Node): string | undefined => {
  if (ts.isStringLiteralLike(node) || ts.isJsxText(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…');
  return undefined;
};

/** What a program says to whoever wrote it. */
const isThrown = (node: ts.Node): boolean =>
  ts.isNewExpression(node.parent) && /Error$/.test(node.parent.expression.getText());

const isShown = (node: ts.Node, text: string): boolean => {
  const { parent } = node;
  if (ts.isJsxText(node)) return hasWords(text);
  if (ts.isJsxAttribute(parent)) return shownAttributes.has(parent.name.getText()) && hasWords(text);
  if (ts.isJsxExpression(parent) && !ts.isJsxAttribute(parent.parent)) return hasWords(text);
  return isSentence(text) && !isThrown(node);
};

/** Words that stand where they are shown, and not where they are translated. */
const wordsIn = (file: string, source: string): string[] => {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    const text = textOf(node)?.trim();
    if (text && isShown(node, text)) found.push(`${file}: ${text.slice(0, 80)}`);
    ts.forEachChild(node, look);
  };
  look(tree);
  return found;
};

test('no component holds words: they stand in words/en', () => {
  const files = readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|^words\/en/.test(file))
    .map((file) => relative(app, join(app, file)));
  expect(files.length).toBeGreaterThan(100);
  expect(files.flatMap((file) => wordsIn(file, readFileSync(join(app, file), 'utf8')))).toEqual([]);
});

test('words are found wherever somebody could leave them', () => {
  const source = `
    const said = 'Nothing was found';
    throw new TypeError('This is no file');
    const A = () => <p className="soft wide" title="Close">Hello {'there'} {\`\${n} rows\`} <b aria-label={label}>·</b></p>;`;
  expect(wordsIn('a.tsx', source).map((found) => found.slice(7))).toEqual([
    ...['Nothing was found', 'Close', 'Hello', 'there', '… rows'],
  ]);
});
