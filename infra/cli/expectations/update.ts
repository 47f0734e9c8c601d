import { writeFileSync } from 'node:fs';
import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import { compactJson } from '#statemachines/document/reference/compactly';
import { expectationOf } from '#statemachines/expectations/write';
import { readText } from '../files.ts';
import type { CaseResult } from './run.ts';

/** Writes what happened as the new expectation of each case that does not hold; the rest of the file stays as it is. */
export const updateExpectations = (file: string, results: readonly CaseResult[]): void => {
  const before = readText(file);
  const text = results.reduce(
    (written, { differences, got, frame }, i) =>
      differences.length === 0 ? written : withExpectation(written, i, expectationOf(got, frame)),
    before,
  );
  if (text !== before) writeFileSync(file, text);
};

/** By hand, because an editor of JSON would spread each list over as many lines as it has entries. */
const withExpectation = (text: string, index: number, value: unknown): string => {
  const each = findNodeAtLocation(parseTree(text)!, ['cases', index])!;
  const old = findNodeAtLocation(each, ['expect']);
  const last = each.children!.at(-1)!;
  const indent = indentAt(text, each.children![0]!);
  const written = compactJson(value, indent);
  if (old) return splice(text, old.offset, endOf(old), written);
  return splice(text, endOf(last), endOf(last), `,\n${indent}"expect": ${written}`);
};

const endOf = ({ offset, length }: Node): number => offset + length;

const splice = (text: string, from: number, to: number, put: string): string =>
  text.slice(0, from) + put + text.slice(to);

/** What stands before a member on its line, if nothing but blanks does. */
const indentAt = (text: string, { offset }: Node): string =>
  /(?:^|\n)([ \t]*)$/.exec(text.slice(0, offset))?.[1] ?? '      ';
