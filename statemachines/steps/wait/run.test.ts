import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day, factsOf, hour, start } from '../run-facts.examples.ts';
import { run } from './run.ts';
import type { WaitStep } from './schema.ts';

type Length = Pick<WaitStep, 'for' | 'until'>;
const until = (length: Length, facts = factsOf()): number => {
  const [effect] = run({ id: 'w', type: 'wait', ...length }, facts);
  return effect?.kind === 'wait' ? effect.until : Number.NaN;
};
const at = (text: string): number => Date.parse(text);

describe('for', () => {
  it('counts days of 24 hours, also when clocks change', () => {
    const now = at('2026-03-28T12:00:00Z');
    expect(until({ for: '1 day' }, factsOf({ now }))).toBe(now + day);
  });
  it('draws a length between two, the same for each asking of one run, in whole seconds', () => {
    fc.assert(
      fc.property(fc.string(), (id) => {
        const facts = factsOf({ run: { id, journey: 'j', contact: 'c', startedAt: start } });
        const length = until({ for: { between: ['1 hour', '3 hours'] } }, facts) - start;
        expect(length).toBeGreaterThanOrEqual(hour);
        expect(length).toBeLessThanOrEqual(3 * hour);
        expect(length % 1000).toBe(0);
        expect(until({ for: { between: ['1 hour', '3 hours'] } }, facts) - start).toBe(length);
      }),
    );
  });
});

describe('until a time', () => {
  it('takes the clock of the contact, and that of the step when it names one', () => {
    expect(until({ until: { time: '09:30' } })).toBe(at('2026-03-02T08:30:00Z'));
    expect(until({ until: { time: '09:30', timezone: 'America/New_York' } })).toBe(
      at('2026-03-02T14:30:00Z'),
    );
  });
  it('goes to the next of its days', () =>
    expect(until({ until: { time: '09:30', days: ['sun'] } })).toBe(at('2026-03-08T08:30:00Z')));
});

describe('until a date', () => {
  const renewal = factsOf({ fields: { renewalDate: '2026-04-15' } });
  it.each<[string, NonNullable<Length['until']>, string]>([
    ['the first minute of the day', { date: 'contact.renewalDate' }, '2026-04-14T22:00:00Z'],
    ['a time of that day', { date: 'contact.renewalDate', at: '09:00' }, '2026-04-15T07:00:00Z'],
    [
      'calendar days before',
      { date: 'contact.renewalDate', offset: '-30 days', at: '09:00' },
      '2026-03-16T08:00:00Z',
    ],
    [
      'hours before a moment of the trigger',
      { date: 'trigger.properties.startsAt', offset: '-2 hours' },
      '2026-03-10T16:00:00Z',
    ],
  ])('%s', (_, date, instant) => expect(until({ until: date }, renewal)).toBe(at(instant)));

  it.each<[string, NonNullable<Length['until']>]>([
    ['is past', { date: 'contact.renewalDate', offset: '-90 days' }],
    ['is missing', { date: 'contact.gone' }],
    ['is no date', { date: 'contact.id' }],
  ])('goes on at once when it %s', (_, date) => expect(until({ until: date }, renewal)).toBe(start));
});
