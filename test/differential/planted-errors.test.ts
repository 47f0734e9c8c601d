import { expect, test } from 'vitest';
import { someCase } from './cases/cases.ts';
import type { Case } from './interpreter/story.ts';
import { plantedErrors } from './planted.ts';
import { casesInOneWorld, isFailure, tryCases } from './trial.ts';

/** The first cases in which the error could show, were it made. */
const casesFor = (shownBy: RegExp, from: number): Case[] => {
  const found: Case[] = [];
  for (let seed = from; found.length < casesInOneWorld; seed++) {
    const given = someCase(seed);
    if (shownBy.test(JSON.stringify(given.journeys))) found.push(given);
  }
  return found;
};

const mostWorlds = 12;

test.each(plantedErrors)('$error is caught', { timeout: 120_000 }, async ({ shownBy, world }) => {
  for (let i = 0; i < mostWorlds; i++) {
    const cases = casesFor(shownBy, 1 + i * 1000);
    if ((await tryCases(cases, world)).some(isFailure)) return;
  }
  expect.fail('it stays unseen');
});
