import { describe, expect, it } from 'vitest';
import { checkDocument } from '../check.ts';
import { exampleClient } from './example-client.ts';
import { exampleDocument } from './example-document.ts';
import { explanations, issuesOfExample } from './explain.ts';
import { formatCodes, formatExplanation } from './format-explanation.ts';

const shown = explanations.filter(({ example }) => example.place !== 'words');

describe.each(shown.map((entry) => [entry.id, entry] as const))('the explanation of %s', (id, entry) => {
  it('has a bad example that gives this code and no other', () => {
    expect([...new Set(issuesOfExample(entry).map(({ code }) => code))]).toEqual([id]);
  });

  it('has a good example without issues', () => {
    const { text = '' } = exampleDocument(entry.example.right, entry.example.place) ?? {};
    expect(checkDocument(text, exampleClient).issues).toEqual([]);
  });
});

it.each(explanations.map((entry) => [entry.id, entry] as const))(
  'says of %s what it means and why',
  (_, entry) => {
    expect(entry.explain).toMatch(/^.{30,}[.]$/s);
    expect(entry.why, 'the rule has no `why`').toMatch(/^.{30,}[.]$/s);
    expect(entry.title).toMatch(/^[A-Z].*[^.]$/);
  },
);

it('explains each code once', () => {
  const ids = explanations.map(({ id }) => id);
  expect([...new Set(ids)]).toEqual(ids);
});

it('prints a code with its examples, the mistake underlined', () => {
  expect(formatExplanation(explanations.find(({ id }) => id === 'unknown-type')!)).toContain(
    `
Wrong
    { "id": "mail", "type": "emial", "template": "welcome" }
                            ^^^^^^^
    step "mail" is of type "emial", which is no type of step
    = did you mean "email"?

Right
    { "id": "mail", "type": "email", "template": "welcome" }`,
  );
});

it('lists all codes, a line each', () => {
  const lines = formatCodes(explanations).split('\n');
  expect(lines).toHaveLength(explanations.length);
  expect(lines[0]).toMatch(/^not-json +error +The text is JSON$/);
});
