import { afterAll, beforeAll, expect, test } from 'vitest';
import { foretell } from './console/foretelling.ts';
import { type ConsoleStage, openConsole } from './console/stage.ts';

let stage: ConsoleStage;
beforeAll(async () => {
  stage = await openConsole();
}, 120_000);
afterAll(async () => {
  await stage?.close();
  expect(stage?.complaints).toEqual([]);
});

test('a forecast is looked at, told better, and kept as a file', () => foretell(stage), 60_000);
