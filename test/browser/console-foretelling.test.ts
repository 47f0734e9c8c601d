import { afterAll, beforeAll, expect, test } from 'vitest';
import { foretell } from './console/foretelling.ts';
import { fill, keep, size } from './console/sizing.ts';
import { type ConsoleStage, openConsole } from './console/stage.ts';

let stage: ConsoleStage;
beforeAll(async () => {
  stage = await openConsole();
  await fill(stage);
}, 120_000);
afterAll(async () => {
  await stage?.close();
  expect(stage?.complaints).toEqual([]);
});

test('a forecast is looked at, told better, and kept as a file', () => foretell(stage), 60_000);

test('the size of a segment is told while it is typed', () => size(stage), 60_000);

test('all contacts are kept as one file, and a yes from elsewhere with its words', () => keep(stage), 60_000);
