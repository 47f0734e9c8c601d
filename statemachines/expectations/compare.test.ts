import { describe, expect, it } from 'vitest';
import type { Simulation } from '#model/simulation';
import { decide, email, journeyOf } from '#test/builders/journeys';
import { createPlan } from '../compile/plan.ts';
import { differences } from './compare.ts';
import type { Expected } from './schema.ts';
import { expectationOf } from './write.ts';

const plan = createPlan(journeyOf([decide('vip', [email('gift')], [email('letter')]), email('news')]));
const frame = { start: Date.parse('2026-03-02T09:00:00Z'), zone: 'Europe/Berlin', plan };

const got = (members: Partial<Simulation> = {}): Simulation => ({
  start: '2026-03-02T09:00:00.000Z',
  end: '2026-03-04T09:00:20.000Z',
  ended: { how: 'completed', as: null, step: null },
  timeline: [{ at: '2026-03-02T09:00:00.000Z', step: 'vip', type: 'decide', answer: 'Yes' }],
  sends: [
    {
      at: '2026-03-02T09:00:00.000Z',
      step: 'gift',
      channel: 'email',
      to: 'ada@example.com',
      subject: 'For you',
    },
    { at: '2026-03-04T09:00:20.000Z', step: 'news', channel: 'email', to: 'ada@example.com' },
  ],
  skipped: [],
  ...members,
});
const judge = (expected: Expected, members?: Partial<Simulation>) =>
  differences(expected, got(members), frame);

describe('an expectation', () => {
  it('holds for what it was written from', () => {
    const written = expectationOf(got(), frame);
    expect(judge(written)).toEqual([]);
    expect(written).toEqual({
      messages: [
        { at: '+0 days 10:00', step: 'gift', subject: 'For you' },
        { at: '+2 days 10:00', step: 'news' },
      ],
      ended: { how: 'completed' },
      leaves: ['vip/Yes'],
    });
  });

  it('asks for no more than it says', () => {
    expect(judge({ leaves: ['vip/Yes'] })).toEqual([]);
    expect(judge({ messages: [{ step: 'gift' }, { step: 'news' }] })).toEqual([]);
  });

  it('names the message that came at another time, with both times', () => {
    expect(judge({ messages: [{ step: 'gift' }, { step: 'news', at: '+2 days 09:30' }] })).toEqual([
      {
        part: 'message 2',
        expected: 'news, at +2 days 09:30',
        got: 'news, at +2 days 10:00 (Wed 4 Mar 10:00)',
      },
    ]);
  });

  it('shows a missing message and an unexpected one as such, and pairs the rest', () => {
    const missing = judge({ messages: [{ step: 'gift' }, { step: 'reminder' }, { step: 'news' }] });
    expect(missing).toEqual([{ part: 'message 2', expected: 'reminder', got: 'nothing' }]);
    const more = judge({ messages: [{ step: 'news' }] });
    expect(more).toEqual([
      { part: 'message 1', expected: 'nothing', got: 'gift, at +0 days 10:00 (Mon 2 Mar 10:00)' },
    ]);
  });

  it('refuses any message where none is expected', () => {
    expect(judge({ messages: [] })).toHaveLength(2);
  });

  it('compares subjects, skipped steps, the end and the leaves', () => {
    const expected: Expected = {
      messages: [{ step: 'gift', subject: 'For me' }, { step: 'news' }],
      skipped: [{ step: 'letter', reason: 'cap' }],
      ended: { how: 'goal' },
      leaves: ['vip/No'],
    };
    expect(judge(expected)).toEqual([
      {
        part: 'message 1',
        expected: 'gift, subject "For me"',
        got: 'gift, at +0 days 10:00 (Mon 2 Mar 10:00), subject "For you"',
      },
      { part: 'skipped 1', expected: 'letter, cap', got: 'nothing' },
      { part: 'end', expected: 'goal', got: 'completed, at +2 days 10:00 (Wed 4 Mar 10:00)' },
      { part: 'leaves', expected: 'vip/No', got: 'vip/Yes' },
    ]);
  });
});
