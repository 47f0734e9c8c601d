import { expect, test } from 'vitest';
import type { Assumption, JourneyForecast } from '#model/forecast';
import { audienceText, columnsOf, comingIn, measuredText, messageRows, otherRates } from './shape.ts';

const one = { expected: 10, low: 7, high: 14 };
const days = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    day: new Date(Date.UTC(2026, 2, 2 + i, 9)).toISOString(),
    entering: { expected: 2, low: 1, high: 3 },
    channels: { email: one },
  }));
const forecast = (of: Partial<JourneyForecast>) => of as JourneyForecast;

test('days are columns; of a long journey each holds several, and its interval is not their sum', () => {
  const short = columnsOf(forecast({ days: days(3) }), 'email');
  expect(short).toEqual({
    days: 1,
    columns: ['2026-03-02', '2026-03-03', '2026-03-04'].map((day) => ({ day, value: 10, low: 7, high: 14 })),
  });
  const long = columnsOf(forecast({ days: days(104) }), 'email');
  expect([long.days, long.columns.length]).toEqual([2, 52]);
  expect(long.columns[0]).toMatchObject({
    value: 20,
    low: expect.closeTo(15.76),
    high: expect.closeTo(25.66),
  });
  expect(columnsOf(forecast({ days: days(1) }), comingIn).columns[0]?.value).toBe(2);
});

const about = (path: string[], kind: Assumption['kind'], more: Partial<Assumption> = {}): Assumption => ({
  ...{ path, kind, name: path.at(-1) ?? '', value: 0.2, source: 'typical', ...more },
});

test('the audience says where it is from, and asks for it where too few were seen', () => {
  expect(audienceText(about(['audience'], 'audience', { source: 'measured' }))).toBe('measured');
  expect(audienceText(about(['audience'], 'audience', { few: 1 }))).toContain('1 came in of late, too few');
});

test('the rates of a message stand together; who comes in has fields of its own', () => {
  const assumptions = [
    about(['audience'], 'audience'),
    about(['over'], 'audience'),
    about(['reachable', 'email'], 'audience'),
    about(['steps', 'a', 'opened'], 'message', { step: 'a' }),
    about(['steps', 'a', 'clicked'], 'message', { step: 'a' }),
    about(['events', 'Order'], 'event'),
  ];
  expect(messageRows(forecast({ assumptions })).map(({ step, rates }) => [step, rates.length])).toEqual([
    ['a', 2],
  ]);
  expect(otherRates(forecast({ assumptions })).map(({ name }) => name)).toEqual(['email', 'Order']);
});

test('a measured rate says of how many, and how sure it is', () => {
  const measured = { by: 'step' as const, of: 900, low: 0.175, high: 0.227 };
  expect(measuredText(about(['steps', 'a', 'opened'], 'message', { source: 'measured', measured }))).toBe(
    'of 900 here · 17.5 % – 22.7 %',
  );
  expect(measuredText(about(['over'], 'audience'))).toBe('');
});
