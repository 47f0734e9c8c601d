import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../time/clock.ts';
import { createEvaluator, expressionOf } from './evaluator.ts';
import { resolve, resolveTyped } from './template.ts';

const clock = createVirtualClock(Date.parse('2026-03-01T10:00:00Z'));
const newEvaluator = (draws: number[] = [0.5]) => {
  let i = 0;
  return createEvaluator({ clock, random: () => draws[i++ % draws.length] as number });
};
const give = async (text: string, scope: Record<string, unknown> = {}, evaluate = newEvaluator()) =>
  evaluate(text, scope, 'Output');
const refusal = (text: string, scope: Record<string, unknown> = {}) =>
  give(text, scope).then(
    (value) => `gave ${JSON.stringify(value)}`,
    (error) => error.failure as string,
  );

describe('an expression', () => {
  it('is what stands between {% and %}', () => {
    expect(expressionOf('{% $x %}')).toBe('$x');
    expect(expressionOf('plain {% $x %}')).toBeUndefined();
  });

  it('walks plain objects and arrays alike', async () => {
    const states = { input: { a: { b: 7 }, items: [{ n: 1 }, { n: 2 }], one: [{ n: 3 }], nothing: null } };
    expect(await give('$states.input.a.b', { states })).toBe(7);
    expect(await give('$states.input.a', { states })).toEqual({ b: 7 });
    expect(await give('$states.input.items.n', { states })).toEqual([1, 2]);
    expect(await give('$states.input.one.n', { states })).toBe(3);
    expect(await give('$states.input.nothing', { states })).toBeNull();
  });

  it('fails when it gives nothing, in the words of AWS', async () => {
    expect(await refusal('$states.input.absent', { states: { input: {} } })).toBe(
      "The JSONata expression '$states.input.absent' specified for the field 'Output' returned nothing (undefined).",
    );
  });

  it('does not reach what an object inherits', async () => {
    expect(await refusal('$states.constructor.name', { states: {} })).toContain('returned nothing');
    expect(await refusal('$states.__proto__', { states: {} })).toContain('returned nothing');
  });

  it('has no $eval', async () => {
    expect(await refusal("$eval('1')")).toContain('T1006: Attempted to invoke a non-function');
  });

  it('refuses a function as its value', async () => {
    expect(await refusal('function($x){$x}')).toContain('unsupported result type');
    expect(await refusal('$sum')).toContain('unsupported result type');
  });

  it('is bounded in depth and length', async () => {
    expect(await refusal('($f := function($n) { 1 + $f($n) }; $f(1))')).toContain('D1011');
    expect(await refusal('[1..1000000]')).toContain('threw an error');
  });

  it('writes numbers that JSON cannot hold by their names', async () => {
    expect(await give('{"a": $x}', { x: Number.POSITIVE_INFINITY })).toEqual({ a: 'Infinity' });
  });

  it('gives plain arrays, not JSONata sequences', async () => {
    const value = await give('$x[n > 0].n', { x: [{ n: 1 }, { n: 2 }] });
    expect(Object.hasOwn(value as object, 'sequence')).toBe(false);
  });
});

describe("the service's own functions", () => {
  it('$partition cuts into chunks, rounding the size towards zero', async () => {
    expect(await give('$partition([1,2,3,4,5], 2.9)')).toEqual([[1, 2], [3, 4], [5]]);
    expect(await refusal('$partition([1], 0)')).toContain('returned nothing');
  });

  it('$range counts inclusively, down too, and refuses to fill the memory', async () => {
    expect(await give('$range(0, 10, 5)')).toEqual([0, 5, 10]);
    expect(await give('$range(3, 1, -1)')).toEqual([3, 2, 1]);
    expect(await refusal('$range(1, 3, -1)')).toContain('returned nothing');
    expect(await refusal('$range(1, 360146, 1)')).toContain('memory limit exceeded');
  });

  it('$hash knows the five algorithms by their exact names', async () => {
    expect(await give("$hash('abc', 'MD5')")).toBe('900150983cd24fb0d6963f7d28e17f72');
    expect(await give("$hash('abc', 'SHA-1')")).toBe('a9993e364706816aba3e25717850c26c9cd0d89d');
    expect(await give("$hash('abc', 'SHA-256')")).toMatch(/^ba7816bf/);
    expect(await give("$hash('abc', 'SHA-384')")).toMatch(/^cb00753f/);
    expect(await give("$hash('abc', 'SHA-512')")).toMatch(/^ddaf35a1/);
    expect(await refusal("$hash('abc', 'sha-1')")).toContain('not supported');
  });

  it('$random draws from the given source, or always the same from a seed', async () => {
    expect(await give('$random()', {}, newEvaluator([0.25]))).toBe(0.25);
    const seeded = await give('$random(42)');
    expect(await give('$random(42)', {}, newEvaluator([0.9]))).toBe(seeded);
    expect(seeded).toBeGreaterThanOrEqual(0);
    expect(seeded).toBeLessThan(1);
  });

  it('$uuid is a version 4 UUID drawn from the given source', async () => {
    const draws = [0.1, 0.7, 0.3, 0.9, 0.5];
    const one = await give('$uuid()', {}, newEvaluator(draws));
    expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(await give('$uuid()', {}, newEvaluator(draws))).toBe(one);
  });

  it('$parse reads JSON and refuses other text', async () => {
    expect(await give(`$parse('{"a":[1]}')`)).toEqual({ a: [1] });
    expect(await refusal(`$parse('nope')`)).toContain('not valid JSON');
  });

  it('$now and $millis tell the time of the given clock', async () => {
    expect(await give('$now()')).toBe('2026-03-01T10:00:00.000Z');
    expect(await give("$now('[H01]h', '+0100')")).toBe('11h');
    expect(await give('$millis()')).toBe(clock.now());
  });
});

describe('a template', () => {
  const evaluate = newEvaluator();
  const scope = { a: 1, states: { input: { x: 'y' } } };

  it('replaces expressions at any depth and leaves the rest', async () => {
    const template = {
      k: '{% $a + 1 %}',
      list: ['{% $states.input.x %}', 'text', 3],
      n: null,
      deep: { b: true },
    };
    expect(await resolve(evaluate, template, scope, 'Output')).toEqual({
      k: 2,
      list: ['y', 'text', 3],
      n: null,
      deep: { b: true },
    });
  });

  it('names the place of a failure', async () => {
    const at = (template: unknown) =>
      resolve(evaluate, template, scope, 'Arguments').catch((error) => error.location as string);
    expect(await at({ a: { b: ['{% $missing %}'] } })).toBe('Arguments/a/b[0]');
    expect(await at('{% $missing %}')).toBe('Arguments');
  });

  it('refuses the wrong type with the type it got', async () => {
    const error = await resolveTyped(evaluate, '{% $a %}', scope, 'Choices[0]/Condition', 'boolean').catch(
      (e) => e as { failure: string },
    );
    expect((error as { failure: string }).failure).toContain(
      "Expected 'boolean', but was 'number' for value: 1",
    );
  });
});
