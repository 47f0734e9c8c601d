import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { snippet } from '#functions/ingest/serve-snippet/snippet.generated';
import { bundleSnippet } from './bundle.ts';
import { generatedFile, generatedText } from './generated.ts';

test('what is served was made from the sources as they stand (npm run generate)', () => {
  expect(readFileSync(generatedFile, 'utf8')).toBe(generatedText(bundleSnippet()));
});

test('the snippet is under 3 KB gzipped', () => {
  expect(gzipSync(snippet, { level: 9 }).length).toBeLessThan(3 * 1024);
});

test('it needs nothing but the browser', () => {
  expect(snippet).not.toMatch(/\b(?:require|import|process|eval|Function)\b/);
});
