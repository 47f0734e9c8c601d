import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { foretell } from './console/foretelling.ts';
import { journeys } from './console/journeys.ts';
import { limits } from './console/limits.ts';
import { making } from './console/making.ts';
import { operating } from './console/operating.ts';
import { people } from './console/people.ts';
import { session } from './console/session.ts';
import { fill, keep, size } from './console/sizing.ts';
import { type ConsoleStage, openConsole } from './console/stage.ts';

let stage: ConsoleStage;
beforeAll(async () => {
  stage = await openConsole();
}, 90_000);
afterEach(() => stage.closeTabs());
afterAll(() => stage?.close());

describe('the session', () => session(() => stage));

describe('what is foretold, while three people are known', () => {
  beforeAll(() => fill(stage));

  test('a forecast is looked at, told better, and kept as a file', () => foretell(stage), 60_000);

  test('the size of a segment is told while it is typed', () => size(stage), 60_000);

  test(
    'all contacts are kept as one file, and a yes from elsewhere with its words',
    () => keep(stage),
    60_000,
  );
});

describe('journeys', () => journeys(() => stage));

describe('people', () => people(() => stage));

describe('what is made', () => making(() => stage));

describe('what is operated', () => operating(() => stage));

describe('limits', () => limits(() => stage));

test('nothing broke on the way, and the policy had nothing to forbid', () => {
  expect(stage.complaints).toEqual([]);
});
