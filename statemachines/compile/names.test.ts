import { describe, expect, it } from 'vitest';
import { createStateNames, joinNames, plainText, shorten } from './names.ts';

describe('the name of a state', () => {
  it('is the one the author gave', () => {
    expect(createStateNames().claim('a', 'Send the gift', 'gift')).toBe('Send the gift');
  });

  it('carries the id of the step where another has it already', () => {
    const names = createStateNames();

    expect(names.claim('a', 'Hello', 'first')).toBe('Hello');
    expect(names.claim('b', 'Hello', 'second')).toBe('Hello (second)');
    expect(names.claim('c', 'Hello (third)', 'x')).toBe('Hello (third)');
    expect(names.claim('d', 'Hello', 'third')).toBe('Hello (third) 2');
  });

  it('is the same each time the same state is asked for', () => {
    const names = createStateNames();
    names.claim('a', 'Hello', 'first');

    expect(names.claim('a', 'Hello', 'first')).toBe('Hello');
  });

  it('has at most 80 characters, whatever it ends with', () => {
    const names = createStateNames();
    const long = 'Tell them about the summer '.repeat(9);

    const given = [
      names.claim('a', long, 'x'),
      names.claim('b', long, 'y'.repeat(48)),
      names.claim('c', long, 'z', ' →'),
    ];

    expect(given.map((name) => name.length).every((length) => length <= 80)).toBe(true);
    expect(new Set(given).size).toBe(3);
  });

  it('is never a member that every object has', () => {
    const names = createStateNames();

    expect(names.claim('a', '__proto__', 'a')).toBe('__proto__ (a)');
    expect(names.claim('b', 'constructor', 'constructor')).toBe('constructor (constructor)');
  });

  it('is the id where nothing is left of the words', () => {
    expect(createStateNames().claim('a', '\u0000\u200b ', 'gift')).toBe('gift');
  });
});

describe('plain text', () => {
  it.each([
    ['{% $states.context %}', '(% $states.context %)'],
    ['a {{%%}} b', 'a ((%%)) b'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the form that CloudFormation substitutes
    ['${RunStep}', '$(RunStep)'],
    ['{{resolve:secretsmanager:key}}', '((resolve:secretsmanager:key))'],
    ['line\nbreak\tand\u0000nul', 'line break and nul'],
    ['\u202ereversed\u2069', 'reversed'],
    ['half \ud83d of a character', 'half of a character'],
  ])('of %j is %j', (text, plain) => {
    expect(plainText(text)).toBe(plain);
  });

  it('keeps letters of every script', () => {
    expect(plainText('Größe · 大きさ · حجم 👋')).toBe('Größe · 大きさ · حجم 👋');
  });
});

describe('shortening', () => {
  it('never cuts a character in half', () => {
    expect(shorten('abc👋👋', 5)).toBe('abc…');
  });

  it('leaves both of two names room', () => {
    const joined = joinNames('a'.repeat(100), 'b'.repeat(100));

    expect(joined).toHaveLength(80);
    expect(joined).toMatch(/^a{38}… · b{37}…$/);
    expect(joinNames('Hello', 'b'.repeat(70))).toBe(`Hello · ${'b'.repeat(70)}`);
  });
});
