import { describe, expect, it } from 'vitest';
import type { Rates } from '#model/forecast-rates';
import { createPlan } from '#statemachines/compile/plan';
import type { Step } from '#statemachines/document/schema';
import { call, decide, email, journeyOf, pause, waitForClick } from '#test/builders/journeys';
import { resolveRates } from './resolve.ts';

const resolve = (steps: Step[], rates: Rates, members = {}) => {
  const document = journeyOf(steps, members);
  return resolveRates(document, createPlan(document), rates);
};
const messages = { email: { opened: 0.3, clicked: 0.05 } };
const codes = (...args: Parameters<typeof resolve>) =>
  resolve(...args).issues.map(({ code, path }) => `${code} ${path}`);

describe('rates', () => {
  it('are complete where every message and every question has one', () => {
    const steps = [
      email('hello'),
      decide('vip', [email('gift')], []),
      call(['reached', 'gone'], ['reached']),
    ];
    const rates = { messages, steps: { vip: { Yes: 0.2 }, call: { reached: 0.6, gone: 0.1 } } };
    const { issues, assumed, answers } = resolve(steps, rates);
    expect([issues, assumed]).toEqual([[], []]);
    expect(answers.get('vip')?.map(({ index, timing }) => [index, timing.rate])).toEqual([
      [0, 0.2],
      [-1, 0.8],
    ]);
  });

  it('that are missing are refused, all at once, with what to write', () => {
    const steps = [email('hello'), decide('vip', [], []), call(['reached'], ['reached'])];
    expect(codes(steps, {})).toEqual([
      'missing-rate /messages/email',
      'missing-rate /messages/email',
      'missing-rate /steps/vip',
      'missing-rate /steps/call',
    ]);
    expect(resolve([decide('vip', [], [])], {}).issues[0]).toMatchObject({
      message: 'nothing says how many take which answer of "vip"',
      hint: 'write "steps": { "vip": { "Yes": 0.5, "No": 0.5 } }, or "defaults": "typical"',
    });
  });

  it('that are missing are taken from the defaults, and named', () => {
    const { issues, assumed } = resolve([email('hello'), decide('vip', [], [])], { defaults: 'typical' });
    expect(issues).toEqual([]);
    expect(assumed).toEqual([
      expect.stringContaining('email "hello": delivered 0.98, opened 0.35 within median 6 hours'),
      'decide "vip": "Yes": 0.5, "No": 0.5',
    ]);
  });

  it.each<[string, Step[], Rates, string]>([
    [
      'a step that is not there',
      [email('hello')],
      { messages, steps: { helo: { opened: 1 } } },
      'unknown-step /steps/helo',
    ],
    [
      'an answer that is not there',
      [decide('vip', [], [])],
      { steps: { vip: { Yes: 0.1, Maybe: 0.9 } } },
      'unknown-answer /steps/vip/Maybe',
    ],
    [
      'more answers than people',
      [decide('vip', [], [])],
      { steps: { vip: { Yes: 0.7, No: 0.7 } } },
      'impossible-rate /steps/vip',
    ],
    [
      'fewer answers than people',
      [decide('vip', [], [])],
      { steps: { vip: { Yes: 0.2, No: 0.2 } } },
      'impossible-rate /steps/vip',
    ],
    [
      'more opened than delivered',
      [email('hello')],
      { messages: { email: { delivered: 0.2, opened: 0.5, clicked: 0 } } },
      'impossible-rate /steps/hello',
    ],
    ['zones that are not all', [email('hello')], { messages, zones: { UTC: 0.5 } }, 'impossible-rate /zones'],
  ])('refuse %s', (_, steps, rates, expected) => {
    expect(codes(steps, rates)).toEqual([expected]);
  });

  it('are not asked for where the forecast knows: messages, and events that have a rate', () => {
    const asks: Step = {
      id: 'keen',
      type: 'decide',
      question: 'Keen?',
      branches: [
        { answer: 'Yes', if: { any: [{ message: 'hello', was: 'opened' }, { did: 'Visited' }] }, steps: [] },
      ],
      otherwise: { answer: 'No', steps: [] },
    };
    const steps = [email('hello'), waitForClick('reaction', 'hello', [], []), pause('rest'), asks];
    expect(codes(steps, { messages, events: { Visited: { perDay: 0.2 } } })).toEqual([]);
    expect(codes(steps, { messages })).toEqual(['missing-rate /steps/keen']);
  });
});
