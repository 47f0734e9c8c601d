import { expect, test } from 'vitest';
import { someCase } from './cases/cases.ts';
import type { Case } from './interpreter/story.ts';
import { plantedErrors } from './planted.ts';
import { casesInOneWorld, isFailure, tryCases } from './trial.ts';

/** Made once, though several errors could show in them. */
const made = new Map<number, { given: Case; text: string }>();
const madeFrom = (seed: number) => {
  const known = made.get(seed);
  if (known) return known;
  const given = someCase(seed);
  const entry = { given, text: JSON.stringify(given.journeys) };
  made.set(seed, entry);
  return entry;
};

/** The first cases in which the error could show, were it made. */
const casesFor = (shownBy: RegExp, from: number): Case[] => {
  const found: Case[] = [];
  for (let seed = from; found.length < casesInOneWorld; seed++) {
    const { given, text } = madeFrom(seed);
    if (shownBy.test(text)) found.push(given);
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
