import { describe, expect, it } from 'vitest';
import { type QuietHours, quietNow, usualQuiet } from './quiet-hours.ts';

const night = { from: '21:00', to: '08:00' };
const until = (at: string, zone: string, ...windows: QuietHours[]): string | undefined => {
  const quiet = quietNow(windows.length > 0 ? windows : [night], Date.parse(at), zone);
  return quiet && new Date(quiet.until).toISOString();
};

describe('quiet hours', () => {
  it.each([
    ['evening', '2026-03-02T20:00:00Z', 'Europe/Berlin', '2026-03-03T07:00:00.000Z'],
    ['after midnight', '2026-03-03T02:00:00Z', 'Europe/Berlin', '2026-03-03T07:00:00.000Z'],
    ['the last minute', '2026-03-03T06:59:59Z', 'Europe/Berlin', '2026-03-03T07:00:00.000Z'],
    ['a zone of half hours', '2026-03-02T16:00:00Z', 'Asia/Kolkata', '2026-03-03T02:30:00.000Z'],
    ['the night that clocks go forward', '2026-03-28T22:00:00Z', 'Europe/Berlin', '2026-03-29T06:00:00.000Z'],
    ['the night that clocks go back', '2026-10-24T22:00:00Z', 'Europe/Berlin', '2026-10-25T07:00:00.000Z'],
  ])('are over in the morning: %s', (_name, at, zone, end) => {
    expect(until(at, zone)).toBe(end);
  });

  it.each([
    ['noon', '2026-03-02T12:00:00Z', 'Europe/Berlin'],
    ['the first minute of the day', '2026-03-03T07:00:00Z', 'Europe/Berlin'],
    ['elsewhere it is day', '2026-03-02T22:00:00Z', 'America/Los_Angeles'],
  ])('are not now: %s', (_name, at, zone) => {
    expect(until(at, zone)).toBeUndefined();
  });

  it('that end in the hour that comes twice are over for good', () => {
    const quiet = { from: '21:00', to: '02:30' };
    for (const at of ['2026-10-24T23:00:00Z', '2026-10-25T00:15:00Z', '2026-10-25T01:15:00Z']) {
      const end = until(at, 'Europe/Berlin', quiet);
      expect(end === undefined || quietNow([quiet], Date.parse(end), 'Europe/Berlin') === undefined).toBe(
        true,
      );
    }
  });

  it('with equal ends, or none, are never', () => {
    expect(until('2026-03-02T12:00:00Z', 'UTC', { from: '12:00', to: '12:00' })).toBeUndefined();
    expect(quietNow([], 0, 'UTC')).toBeUndefined();
  });

  it('last while any of several reigns, and skip where one that reigns does', () => {
    // biome-ignore lint/suspicious/noThenProperty: the word of the journey language
    const early = { from: '08:00', to: '10:30', then: 'skip' } as const;
    expect(until('2026-03-03T02:00:00Z', 'UTC', early, night)).toBe('2026-03-03T10:30:00.000Z');
    const [at, dawn] = ['2026-03-03T09:00:00Z', '2026-03-03T02:00:00Z'].map(Date.parse) as [number, number];
    expect([
      quietNow([early, night], at, 'UTC')?.skips,
      quietNow([early, night], dawn, 'UTC')?.skips,
    ]).toEqual([true, false]);
  });

  it('without any gap end somewhere', () => {
    const always = [
      { from: '08:00', to: '20:00' },
      { from: '20:00', to: '08:00' },
    ];
    expect(until('2026-03-03T02:00:00Z', 'UTC', ...always)).toBeDefined();
  });
});

describe('quiet hours that nobody set', () => {
  const byDay = { from: '20:00', to: '09:00' };

  it('are those of the client, and for texts 20:00 to 09:00 as well', () => {
    expect(usualQuiet({ quietHours: night, channels: {} }, 'email')).toEqual([night]);
    expect(usualQuiet({ channels: {} }, 'push')).toEqual([]);
    expect(usualQuiet({ quietHours: night, channels: {} }, 'sms')).toEqual([byDay, night]);
  });

  it('are for texts what the client says of texts', () => {
    const sms = (quietHours: QuietHours | false) =>
      usualQuiet({ quietHours: night, channels: { sms: { quietHours } } }, 'sms');
    const noon = { from: '12:00', to: '13:00' };
    expect([sms(noon), sms(false)]).toEqual([[noon], [night]]);
  });
});
