import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkDocument } from './check.ts';
import { exampleClient } from './explain/example-client.ts';
import { tooLargeForFiles } from './large-documents.examples.ts';
import { rules } from './registry.ts';
import { shapeCodes } from './shape/codes.ts';

/**
 * Each rule and each code of the shape is a folder with documents beside it: `valid-*.json` has no issues,
 * `invalid-*.json` exactly those that `expected.json` names as `line:column code`.
 */
const root = join(import.meta.dirname, '..');
const files = (pattern: string): [string, string][] =>
  ['checks/rules/*/', 'checks/shape/codes/*/', 'steps/*/rules/*/']
    .flatMap((folder) => globSync(folder + pattern, { cwd: root }))
    .sort()
    .map((file) => [file, readFileSync(join(root, file), 'utf8')]);

const expectedOf = (file: string): string[] => {
  const told = join(root, dirname(file), 'expected.json');
  const issues = existsSync(told) ? JSON.parse(readFileSync(told, 'utf8'))[basename(file)] : undefined;
  if (!issues) throw new Error(`expected.json beside ${file} does not say what is wrong with it`);
  return issues;
};

/** What the documents go by that are about it. */
const referencesFor = (file: string) =>
  file.includes('/other-id/') ? { ...exampleClient, id: 'welcome' } : exampleClient;

const found = (file: string, text: string): string[] =>
  checkDocument(text, referencesFor(file)).issues.map(
    ({ line, column, code }) => `${line}:${column} ${code}`,
  );

const invalid = [
  ...files('invalid-*.json').map(([file, text]) => [file, text, expectedOf(file)] as const),
  ...tooLargeForFiles,
];

describe('a bad document is refused with all of its issues, in document order', () => {
  it.each(invalid)('%s', (file, text, expected) => expect(found(file, text)).toEqual(expected));

  it.each(invalid)('every message about %s is free of the words of our tools', (file, text) => {
    for (const { message, hint = '' } of checkDocument(text, referencesFor(file)).issues)
      expect(`${message} ${hint}`).not.toMatch(/undefined|\[object|zod|received|invalid/i);
  });
});

describe('a document that keeps to the rule by a hair is accepted', () => {
  it.each(files('valid-*.json'))('%s', (file, text) => expect(found(file, text)).toEqual([]));
});

const ids = [...shapeCodes, ...rules].map(({ id }) => id);

describe.each(ids.filter((id) => id !== 'more-issues'))('%s', (id) => {
  it('is shown by a bad document in its folder', () => {
    const own = invalid.filter(([file]) => file.includes(`/${id}/`));
    expect(own.flatMap(([, , expected]) => expected).map((issue) => issue.split(' ')[1])).toContain(id);
  });

  it('has a good document beside it, or is about size', () => {
    const good = files('valid-*.json').filter(([file]) => file.includes(`/${id}/`));
    expect(good.length > 0 || tooLargeForFiles.some(([file]) => file.includes(`/${id}/`))).toBe(true);
  });
});

it('names no example that is not there', () => {
  const there = new Set(files('invalid-*.json').map(([file]) => file));
  const named = files('expected.json').flatMap(([file, text]) =>
    Object.keys(JSON.parse(text)).map((name) => join(dirname(file), name)),
  );
  expect(named.filter((file) => !there.has(file))).toEqual([]);
});
