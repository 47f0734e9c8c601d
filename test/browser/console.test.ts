import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { journeys } from './console/journeys.ts';
import { limits } from './console/limits.ts';
import { people } from './console/people.ts';
import { session } from './console/session.ts';
import { type ConsoleStage, openConsole } from './console/stage.ts';

let stage: ConsoleStage;
beforeAll(async () => {
  stage = await openConsole();
}, 90_000);
afterAll(() => stage?.close());

describe('the session', () => session(() => stage));

describe('journeys', () => journeys(() => stage));

describe('people', () => people(() => stage));

describe('limits', () => limits(() => stage));

test('nothing broke on the way, and the policy had nothing to forbid', () => {
  expect(stage.complaints).toEqual([]);
});
