import { expect, test } from 'vitest';
import { decodeFile, readCsv, splitCsv } from './csv-file.ts';

test('a file is split between rows, never within quotes, and each part has the header', () => {
  const rows = ['a@x.example,"two\nlines"', 'b@x.example,"""quoted"""', 'c@x.example,plain'];
  const text = `email,note\n${rows.join('\n')}\n`;
  expect(splitCsv(text, 1)).toEqual(rows.map((row) => `email,note\n${row}\n`));
  expect(splitCsv(text, 10_000)).toEqual([text]);
  expect(splitCsv('email\na@x.example', 10)).toEqual(['email\na@x.example']);
});

test.each(['', 'email\n', 'email\n\n  \n'])('%j has no row', (text) => {
  expect(splitCsv(text, 100)).toEqual([]);
});

test('text is read in whatever spreadsheets write', () => {
  expect(decodeFile(new TextEncoder().encode('Zoë'))).toBe('Zoë');
  expect(decodeFile(Uint8Array.of(0x5a, 0x6f, 0xeb))).toBe('Zoë');
  expect(decodeFile(Uint8Array.of(0xff, 0xfe, 0x5a, 0, 0x6f, 0, 0xeb, 0))).toBe('Zoë');
});

test('results are read as they were written', () => {
  expect(
    readCsv('row,code,notes\r\n2,created,\r\n3,invalid-email,"""ada"", not an address\nat all"\r\n'),
  ).toEqual([
    ['row', 'code', 'notes'],
    ['2', 'created', ''],
    ['3', 'invalid-email', '"ada", not an address\nat all'],
  ]);
});
