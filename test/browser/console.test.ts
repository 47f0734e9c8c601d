import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { journeys } from './console/journeys.ts';
import { limits } from './console/limits.ts';
import { making } from './console/making.ts';
import { operating } from './console/operating.ts';
import { people } from './console/people.ts';
import { plantedPeople } from './console/planted-people.ts';
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

describe('what is made', () => making(() => stage));

describe('what is operated', () => operating(() => stage));

describe('what others wrote', () => plantedPeople(() => stage));

describe('limits', () => limits(() => stage));

test('nothing broke on the way, and the policy had nothing to forbid', () => {
  expect(stage.complaints).toEqual([]);
});
