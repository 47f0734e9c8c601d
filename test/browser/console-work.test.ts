import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { colleague } from './console/colleague.ts';
import { erasing } from './console/erasing.ts';
import { rolesAndActs } from './console/roles.ts';
import { type ConsoleStage, openConsole } from './console/stage.ts';
import { states } from './console/states.ts';
import { tending } from './console/tending.ts';

let stage: ConsoleStage;
beforeAll(async () => {
  stage = await openConsole({ clock: 'virtual' });
}, 90_000);
afterEach(() => stage.closeTabs());
afterAll(() => stage?.close());

describe('a colleague', () => colleague(() => stage));

describe('an erasure', () => erasing(() => stage));

describe('tending', () => tending(() => stage));

describe('roles', () => rolesAndActs(() => stage));

describe('states of pages', () => states(() => stage));

/** What tests put into every frame, which the sandbox of mails forbids, and a server that they stop. */
const ofTheTests =
  /Blocked script execution in '[^']+\/frame\.html'|Failed to fetch dynamically imported module/;

test('nothing broke on the way, and the policy had nothing to forbid', () => {
  expect(stage.complaints.filter((said) => !ofTheTests.test(said))).toEqual([]);
});
