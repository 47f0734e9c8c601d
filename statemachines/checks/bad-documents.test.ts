import { describe, expect, it } from 'vitest';
import { badDocuments, references } from './bad-documents.examples.ts';
import { checkDocument } from './check.ts';
import { rules } from './registry.ts';
import { shapeCodes } from './shape/codes.ts';

describe('a bad document is refused with all of its issues, in document order', () => {
  it.each(badDocuments)('%s', (_, text, expected) => {
    const { issues } = checkDocument(text, references);
    expect(issues.map(({ line, column, code }) => `${line}:${column} ${code}`)).toEqual(expected);
  });

  it('shows each code of the reference at least once, and no other', () => {
    const shown = badDocuments.flatMap(([, , issues]) => issues.map((issue) => issue.split(' ')[1]));
    const documented = [...rules, ...shapeCodes].map(({ id }) => id).filter((id) => id !== 'more-issues');
    expect([...new Set(shown)].sort()).toEqual(documented.sort());
  });

  it.each(badDocuments)('every message about %s is free of the words of our tools', (_, text) => {
    for (const { message, hint = '' } of checkDocument(text, references).issues)
      expect(`${message} ${hint}`).not.toMatch(/undefined|\[object|zod|received|invalid/i);
  });
});
