import { describe, expect, it } from 'vitest';
import { appointments, type DateTrigger, dueBetween, isYearly, nextAfter } from './dates.ts';

const iso = (ms: number | undefined): string | undefined =>
  ms === undefined ? undefined : new Date(ms).toISOString();
const next = (trigger: DateTrigger, value: unknown, now: string, zone = 'Europe/Berlin') => {
  const contact = { [trigger.date.replace('contact.', '')]: value };
  const at = Date.parse(now);
  return iso(nextAfter(appointments(trigger, contact, { now: at, zone }), at));
};
const renewal = (more: Partial<DateTrigger> = {}): DateTrigger => ({ date: 'contact.renewalDate', ...more });
const birthday = (more: Partial<DateTrigger> = {}): DateTrigger => ({ date: 'contact.birthday', ...more });

describe('a date that comes once', () => {
  it('fires so many calendar days before, by the wall clock of the contact', () => {
    const trigger = renewal({ offset: '-30 days', at: '09:00' });
    // Clocks go forward in Berlin on March 29: 09:00 is 08:00 UTC before and 07:00 after.
    expect(next(trigger, '2026-04-20', '2026-03-01T00:00:00Z')).toBe('2026-03-21T08:00:00.000Z');
    expect(next(trigger, '2026-05-05', '2026-03-01T00:00:00Z')).toBe('2026-04-05T07:00:00.000Z');
    expect(next(trigger, '2026-04-20', '2026-03-01T00:00:00Z', 'America/New_York')).toBe(
      '2026-03-21T13:00:00.000Z',
    );
  });

  it('without a time fires when the day begins, and a moment at its moment', () => {
    expect(next(renewal(), '2026-04-20', '2026-03-01T00:00:00Z')).toBe('2026-04-19T22:00:00.000Z');
    expect(next(renewal({ offset: '-2 hours' }), '2026-04-20T15:00:00Z', '2026-03-01T00:00:00Z')).toBe(
      '2026-04-20T13:00:00.000Z',
    );
  });

  it('fires at the same distance after a time that clocks jump over', () => {
    expect(next(renewal({ at: '02:30' }), '2026-03-29', '2026-03-01T00:00:00Z')).toBe(
      '2026-03-29T01:30:00.000Z',
    );
  });

  it('fires at the first of two when clocks go back', () => {
    expect(next(renewal({ at: '02:30' }), '2026-10-25', '2026-03-01T00:00:00Z')).toBe(
      '2026-10-25T00:30:00.000Z',
    );
  });

  it.each([undefined, null, 12, '', 'soon', '20.04.2026', '2026-02-30', '2025-01-01'])(
    'never fires for %s',
    (value) => {
      expect(next(renewal({ at: '09:00' }), value, '2026-03-01T00:00:00Z')).toBeUndefined();
    },
  );
});

describe('a day that comes each year', () => {
  it.each([
    'contact.birthday',
    'contact.dateOfBirth',
    'contact.weddingAnniversary',
    'contact.child.birth_date',
  ])('is known by its name: %s', (date) => expect(isYearly({ date })).toBe(true));

  it('fires again and again', () => {
    const trigger = birthday({ at: '09:00' });
    expect(next(trigger, '1990-06-12', '2026-03-01T00:00:00Z')).toBe('2026-06-12T07:00:00.000Z');
    expect(next(trigger, '1990-06-12', '2026-06-12T07:00:00Z')).toBe('2027-06-12T07:00:00.000Z');
    expect(next(trigger, '--06-12', '2026-03-01T00:00:00Z')).toBe('2026-06-12T07:00:00.000Z');
  });

  it('on February 29 is kept on the 28th in other years', () => {
    const trigger = birthday({ at: '09:00' });
    expect(next(trigger, '1992-02-29', '2026-01-01T00:00:00Z')).toBe('2026-02-28T08:00:00.000Z');
    expect(next(trigger, '1992-02-29', '2028-01-01T00:00:00Z')).toBe('2028-02-29T08:00:00.000Z');
  });

  it('fires before it over the turn of the year', () => {
    const trigger = birthday({ offset: '-14 days', at: '09:00' });
    expect(next(trigger, '1990-01-05', '2026-12-01T00:00:00Z')).toBe('2026-12-22T08:00:00.000Z');
  });

  it('does not fire before there was the first', () => {
    expect(next(birthday(), '2027-05-05', '2026-01-01T00:00:00Z')).toBe('2027-05-04T22:00:00.000Z');
  });

  it.each(['--13-45', '1990-13-01', 'June 12', 612])('never fires for %s', (value) => {
    expect(next(birthday(), value, '2026-03-01T00:00:00Z')).toBeUndefined();
  });
});

it('what a standstill of days left is not caught up', () => {
  const now = Date.parse('2026-06-20T00:00:00Z');
  const all = appointments(birthday(), { birthday: '1990-06-18' }, { now, zone: 'UTC' });
  expect(dueBetween(all, 0, now)).toHaveLength(1);
  expect(dueBetween(all, now - 86_400_000, now)).toEqual([]);
  expect(dueBetween(all, 0, now + 2 * 86_400_000)).toEqual([]);
});
