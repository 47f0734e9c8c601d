import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleIds, sampleJourney } from '#test/builders/sample-journeys';
import { drawPicture } from './picture.ts';

test.each(sampleIds)('the picture of %s that the README shows is the one drawn', (id) => {
  const kept = readFileSync(join(import.meta.dirname, 'examples', `${id}.svg`), 'utf8');
  expect(drawPicture(sampleJourney(id)).trim()).toBe(kept.trim());
});
