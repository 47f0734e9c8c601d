import { expect, test } from 'vitest';
import { exportAll } from './export-all.ts';

const pages: Record<string, { data: string; next: string | undefined }> = {
  '/v1/contacts/export?format=csv': {
    data: 'email,notes\r\na@x.example,"two\r\nlines ""here"""\r\nb@x.example,\r\n',
    next: '/v1/contacts/export?format=csv&after=p2',
  },
  '/v1/contacts/export?format=csv&after=p2': { data: 'c@x.example,\r\n', next: undefined },
};
const text = async (path: string) => ({ ...pages[path]!, etag: undefined });
const { signal } = new AbortController();

test('all pages become one file, and it is told how far it is', async () => {
  const told: number[] = [];
  const parts = await exportAll({ text }, { signal, told: (contacts) => told.push(contacts) });
  expect(parts).toEqual(Object.values(pages).map(({ data }) => data));
  expect(told).toEqual([2, 3]);
});

test('refuses half a file: a page that does not come ends it', async () => {
  const broken = async (path: string) => {
    if (path.includes('after')) throw new Error('away');
    return text(path);
  };
  await expect(exportAll({ text: broken }, { signal, told: () => {} })).rejects.toThrow('away');
});
