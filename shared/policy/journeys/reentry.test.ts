import { describe, expect, it } from 'vitest';
import { refuseEntry } from './reentry.ts';

const now = Date.parse('2026-03-31T10:00:00Z');
const past = { lastStartedAt: '2026-03-01T10:00:00.000Z', count: 1 };

describe('entering again', () => {
  it('is no question the first time', () => {
    expect(refuseEntry('never', undefined, now)).toBeUndefined();
    expect(refuseEntry(undefined, undefined, now)).toBeUndefined();
  });

  it('is refused by default', () => {
    expect(refuseEntry(undefined, past, now)).toBe('never-again');
    expect(refuseEntry('never', past, now)).toBe('never-again');
  });

  it('is refused while a run is active, whatever the rule', () => {
    for (const again of ['always', { after: '1 day' }] as const)
      expect(refuseEntry(again, { ...past, activeRun: 'r' }, now)).toBe('already-active');
  });

  it('is let in always where the rule says so', () => {
    expect(refuseEntry('always', { ...past, count: 99 }, now)).toBeUndefined();
  });

  it('counts the time from the last entry, to the moment', () => {
    expect(refuseEntry({ after: '30 days' }, past, now)).toBeUndefined();
    expect(refuseEntry({ after: '30 days' }, past, now - 1)).toBe('too-soon');
  });

  it('counts how often', () => {
    expect(refuseEntry({ after: '1 day', atMost: 2 }, past, now)).toBeUndefined();
    expect(refuseEntry({ after: '1 day', atMost: 2 }, { ...past, count: 2 }, now)).toBe('too-often');
  });
});
