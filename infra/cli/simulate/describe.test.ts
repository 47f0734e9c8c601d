import { describe, expect, it } from 'vitest';
import type { Simulation } from '#model/simulation';
import { email, journeyOf } from '#test/builders/journeys';
import { describeSimulation } from './describe.ts';

const day = (n: number) => `2026-03-0${n}T09:00:00.000Z`;
const told = (members: Partial<Simulation>): string[] =>
  describeSimulation(
    {
      ...{ start: day(1), end: day(5), timeline: [], sends: [], skipped: [] },
      ended: { how: 'completed', as: null, step: null },
      ...members,
    },
    journeyOf([email('mail')]),
  ).split('\n');
const visit = (n: number, outcome: string) => ({ at: day(n), step: 'mail', type: 'email', outcome });
const send = (n: number, subject: string) => ({
  ...{ at: day(n), step: 'mail', channel: 'email', to: 'ada@example.com' },
  subject,
});

describe('a simulation in words', () => {
  it('tells of each round of a loop what was sent in it, and when', () => {
    const [, ...lines] = told({
      timeline: [visit(1, 'sent'), visit(2, 'skipped'), visit(3, 'sent')],
      sends: [send(1, 'First'), send(3, 'Third')],
      skipped: [{ at: day(2), step: 'mail', reason: 'cap' }],
    });
    expect(lines.slice(0, 3)).toEqual([
      '  2026-03-01 09:00  ✉ mail  to ada@example.com "First"',
      '  2026-03-02 09:00  ✉ mail  skipped: cap',
      '  2026-03-03 09:00  ✉ mail  to ada@example.com "Third"',
    ]);
  });

  it.each([
    ['condition', '"enter.if" does not hold'],
    ['no-key', '"enter.key" reads'],
    [undefined, 'nothing started a run'],
  ])('says why nobody entered: %s', (reason, words) =>
    expect(told({ ended: { how: 'not-entered', as: null, step: null, reason } }).at(-1)).toContain(words),
  );
});
