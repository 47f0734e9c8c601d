import { describe, expect, it } from 'vitest';
import { type Asked, isBurst, machineRule, rules } from './machine.ts';

const asked = (given: Partial<Asked>): Asked => ({ method: 'GET', headers: {}, ...given });

describe.each(rules)('$name: $why', ({ name, examples, people }) => {
  it.each(examples)('names %o', (example) => expect(machineRule(asked(example))).toBe(name));

  it.each(people)('refuses to take %o for a program', (person) =>
    expect(machineRule(asked(person))).toBeUndefined(),
  );
});

it('every rule has its own name, an example and somebody who looks alike', () => {
  expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
  for (const { examples, people } of rules)
    expect([examples.length > 0, people.length > 0]).toEqual([true, true]);
});

describe('every link at once', () => {
  it.each([
    ['another link within five seconds', [0, 'a'], [4_999, 'b'], true],
    ['another link after five seconds', [0, 'a'], [5_000, 'b'], false],
    ['the same link twice', [0, 'a'], [1, 'a'], false],
  ] as const)('%s', (_, first, second, is) => {
    const asked = [first, second].map(([at, link]) => ({ at, link }));
    for (const one of asked) expect(isBurst(asked, one)).toBe(is);
  });

  it('is not one link, nor none', () => {
    const one = { at: 0, link: 'a' };
    expect([isBurst([], one), isBurst([one], one)]).toEqual([false, false]);
  });
});
