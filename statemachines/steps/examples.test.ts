import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkDocument } from '../checks/check.ts';
import { definitions, stepTypes } from './registry.ts';

const references = {
  templates: {
    welcome: { channel: 'email', hasUnsubscribe: true },
    'reminder-sms': { channel: 'sms' },
  },
  forms: { 'demo-request': {} },
  segments: { dormant: {} },
  teams: { sales: {} },
  journeys: { onboarding: {} },
};

/** The step stands second, after a mail called "first". */
const check = (step: unknown) =>
  checkDocument(
    JSON.stringify({
      wayleaf: 1,
      id: 'example',
      name: 'Example',
      enter: { on: [{ manual: true }] },
      steps: [{ id: 'first', type: 'email', template: 'welcome' }, step],
    }),
    references,
  ).issues;

const examples = (type: string, prefix: string): [string, unknown][] => {
  const folder = join(import.meta.dirname, type, 'examples');
  return readdirSync(folder)
    .filter((file) => file.startsWith(prefix))
    .map((file) => [file, JSON.parse(readFileSync(join(folder, file), 'utf8'))]);
};

describe.each(stepTypes)('%s', (type) => {
  it.each(examples(type, 'valid-'))('accepts %s', (_, step) => expect(check(step)).toEqual([]));

  it.each(examples(type, 'invalid-'))('refuses %s with exactly the issues it names', (_, example) => {
    const { step, issues } = example as { step: unknown; issues: unknown };
    expect(check(step).map(({ code, path }) => ({ code, path }))).toEqual(issues);
  });

  it('accepts the example of the reference', () => {
    const { example } = definitions[type].words;
    expect(example.type).toBe(type);
    expect(checkDocument(JSON.stringify(journeyOf(example))).issues).toEqual([]);
  });

  it('says in few words what a step does', () => {
    const { example, describe } = definitions[type].words;
    expect(describe(example as never)).toMatch(/^.{3,120}$/);
  });
});

const journeyOf = (step: unknown) => ({
  wayleaf: 1,
  id: 'example',
  name: 'Example',
  enter: { on: [{ manual: true }] },
  // What an example may lead to.
  steps: [{ id: 'first-mail', type: 'wait', for: '3 days' }, step],
});
