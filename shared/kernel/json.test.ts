import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from './json.ts';

const limits = { maxBytes: 10_000 };
const problem = (text: string | Uint8Array) => parseJson(text, limits).problem?.code;

describe('parseJson', () => {
  it('gives the value of any JSON that JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5, stringUnit: 'binary' }), (value) => {
        const text = JSON.stringify(value);
        const result = parseJson(text, { maxBytes: 1e6 });
        if (/"(?:__proto__|constructor|prototype)":/.test(text)) return;
        expect(result.value).toEqual(JSON.parse(text));
      }),
    );
  });
  it('refuses what JSON.parse refuses, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]":,\\ ae1.-"'), maxLength: 40 }), (text) => {
        const { problem } = parseJson(text, limits);
        let parses = true;
        try {
          JSON.parse(text);
        } catch {
          parses = false;
        }
        expect(problem?.code === 'not-json').toBe(!parses && problem?.code !== 'too-deep');
      }),
      { numRuns: 2000 },
    );
  });
  it.each([
    ['{"a":1,"a":2}', 'duplicate-key'],
    ['[{"a":{"b":1,"b":1}}]', 'duplicate-key'],
    ['{"a":1,"\\u0061":2}', 'duplicate-key'],
    ['{"__proto__":{}}', 'forbidden-key'],
    ['{"a":[{"constructor":1}]}', 'forbidden-key'],
    ['{"prototype":1}', 'forbidden-key'],
    ['"\\ud800"', 'lone-surrogate'],
    ['{"\\udc00x":1}', 'lone-surrogate'],
    ['1e999', 'number-too-large'],
    [`${'['.repeat(33)}${']'.repeat(33)}`, 'too-deep'],
    ['['.repeat(9000), 'too-deep'],
    [`"${'x'.repeat(10_000)}"`, 'too-large'],
    ['{"a":1,}', 'not-json'],
    ['', 'not-json'],
  ])('refuses %.40s as %s', (text, code) => expect(problem(text)).toBe(code));

  it('refuses bytes that are not UTF-8', () =>
    expect(problem(new Uint8Array([0x22, 0xff, 0x22]))).toBe('not-utf8'));
  it('measures the size in bytes, not in characters', () =>
    expect(parseJson('"ééé"', { maxBytes: 7 }).problem?.code).toBe('too-large'));
  it('allows 32 levels, and brackets and colons inside of texts', () => {
    expect(problem(`${'['.repeat(32)}${']'.repeat(32)}`)).toBeUndefined();
    expect(problem(`{"a\\"{[:":"${'['.repeat(50)}\\\\"}`)).toBeUndefined();
  });
  it('names the repeated member', () =>
    expect(parseJson('{"x":{"email":1,"email":2}}', limits).problem?.message).toContain('"email"'));
});
