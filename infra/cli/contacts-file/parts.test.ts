import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseCsv } from '#csv/parse';
import { partsOf } from './parts.ts';
import { lookAt, readRows } from './read-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'wayleaf-parts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fileOf = (content: string | Uint8Array): string => {
  const file = join(folder, 'file.csv');
  writeFileSync(file, content);
  return file;
};
const read = async (content: string | Uint8Array) => {
  const file = fileOf(content);
  const { encoding } = await lookAt(file);
  const parts = await Array.fromAsync(partsOf(await readRows(file, encoding)));
  return { encoding, parts, tables: parts.map(({ text }) => parseCsv(text)) };
};

const rows = Array.from({ length: 12_000 }, (_, i) => [`p${i}@example.com`, `"Zoë" ${i}, of\n${i};`, '']);
const csv = (separator: string) =>
  [['email', 'name', 'x'], ...rows]
    .map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(separator))
    .join('\r\n');

test.each<[string, string | Uint8Array, string]>([
  ['commas in UTF-8', csv(','), 'utf-8'],
  ['semicolons with a mark', `\uFEFF${csv(';')}`, 'utf-8'],
  ['tabs in UTF-16', Buffer.from(`\uFEFF${csv('\t')}`, 'utf16le'), 'utf-16le'],
  ['semicolons in Windows-1252', Buffer.from(csv(';'), 'latin1'), 'windows-1252'],
  ['what Excel declares', `sep=;\r\n${csv(';')}`, 'utf-8'],
])(
  'a file of %s becomes parts of at most 5,000 rows, none lost and none changed',
  async (_, content, encoding) => {
    const found = await read(content);
    expect([found.encoding, found.parts.map((part) => part.rows)]).toEqual([encoding, [5_000, 5_000, 2_000]]);
    expect(found.tables.map(({ header }) => header)).toEqual([1, 2, 3].map(() => ['email', 'name', 'x']));
    expect(found.tables.flatMap((table) => table.rows)).toEqual(rows);
  },
);

test('rows of long cells make more parts, each far below what a request may hold', async () => {
  const long = Array.from({ length: 60 }, (_, i) => `p${i}@example.com,${'x'.repeat(100_000)}`);
  const { parts } = await read(`email,x\n${long.join('\n')}\n`);
  expect(Math.max(...parts.map(({ text }) => text.length))).toBeLessThan(2_000_000);
  expect(parts.reduce((sum, part) => sum + part.rows, 0)).toBe(60);
});

test('blank rows are kept, so that rows are counted as spreadsheets do', async () => {
  const { tables } = await read('\n\nemail\n\na@example.com\n');
  expect(tables).toMatchObject([{ headerRow: 3, rows: [[''], ['a@example.com']] }]);
});

test.each([
  ['nothing', '', /is empty/],
  ['blank lines', '\n\n', /holds no header/],
  ['a quote that never ends', 'email\n"a@example.com\n', /never closed/],
  ['a workbook', Buffer.from('504b0304', 'hex'), /workbook/],
])('refuses a file of %s with a sentence', async (_, content, sentence) => {
  await expect(read(content)).rejects.toThrow(sentence);
});

test('refuses a file that is not there', async () => {
  await expect(lookAt(join(folder, 'nowhere.csv'))).rejects.toThrow('there is no such file');
});
