import { expect, test } from 'vitest';
import type { Simulation } from '#model/simulation';
import { endingOf, stopsOf, walkedTo } from './walk.ts';

const simulation: Simulation = {
  start: '2026-03-01T08:00:00Z',
  end: '2026-03-03T20:00:00Z',
  ended: { how: 'exited', as: 'no reaction', step: 'stop' },
  timeline: [
    { at: '2026-03-01T08:00:00Z', step: 'mail', type: 'email', outcome: 'sent' },
    { at: '2026-03-03T08:00:00Z', step: 'wait', type: 'waitFor', answer: 'No reaction' },
    { at: '2026-03-03T08:00:00Z', step: 'nudge', type: 'email' },
  ],
  sends: [
    { at: '2026-03-01T08:00:00Z', step: 'mail', channel: 'email', to: 'a@example.com', subject: 'Hello' },
  ],
  skipped: [{ at: '2026-03-03T08:00:00Z', step: 'nudge', reason: 'no-consent' }],
};
const missing = {
  at: '2026-03-03T08:00:00Z',
  step: 'nudge',
  reason: 'missing-variable',
  missing: 'contact.plan',
};

test('each place says what happened: the subject, the answer, or why nothing was sent', () => {
  expect(stopsOf(simulation).map(({ says }) => says)).toEqual([
    'Hello',
    'No reaction',
    'skipped: no-consent',
  ]);
  expect(stopsOf({ ...simulation, skipped: [missing] }).at(-1)?.says).toBe(
    'skipped: missing-variable contact.plan',
  );
});

test('the way grows with the place one looks at', () => {
  expect([...walkedTo(simulation, 0)]).toEqual(['mail']);
  expect([...walkedTo(simulation, 1)]).toEqual(['mail', 'wait', 'wait/No reaction']);
});

test('the end is told with its words, its messages and how long it took', () => {
  expect(endingOf(simulation)).toBe('Left the journey: no reaction · 1 message · 2.5 days');
});
