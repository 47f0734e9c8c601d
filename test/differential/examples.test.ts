import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isValid } from './cases/cases.ts';
import type { Case } from './interpreter/story.ts';
import { tryCases } from './trial.ts';

const folder = join(import.meta.dirname, 'examples');
const examples = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => ({ file, given: JSON.parse(readFileSync(join(folder, file), 'utf8')) as Case }));

/** Each was red once; `about` says why. */
test('what was found once stays found', { timeout: 120_000 }, async () => {
  expect(examples.length).toBeGreaterThan(0);
  for (const { file, given } of examples) expect([file, isValid(given)]).toEqual([file, true]);
  const verdicts = await tryCases(examples.map(({ given }) => given));
  const found = examples.map(({ file, given }, i) => [file, given.about, verdicts[i]?.differences]);
  expect(found).toEqual(examples.map(({ file, given }) => [file, given.about, []]));
});
