import { describe, expect, it } from 'vitest';
import type { ContactEvent } from '#model/event';
import { goalValue, isWithinGoal } from './goal.ts';

const started = '2026-03-01T10:00:00.000Z';
const at = Date.parse(started);
const day = 86_400_000;
const event = (properties: Record<string, unknown>) => ({ properties }) as ContactEvent;

describe('a goal', () => {
  it('counts from the start of the run to the end of its window', () => {
    expect([0, day, 30 * day].map((ms) => isWithinGoal({ within: '30 days' }, started, at + ms))).toEqual([
      true,
      true,
      true,
    ]);
    expect([-1, 30 * day + 1].map((ms) => isWithinGoal({ within: '30 days' }, started, at + ms))).toEqual([
      false,
      false,
    ]);
  });

  it('without a window counts whenever it comes', () => {
    expect(isWithinGoal({}, started, at + 900 * day)).toBe(true);
  });

  it.each([
    [{ revenue: 49.5 }, 'properties.revenue', 49.5],
    [{ revenue: '49.50' }, 'properties.revenue', 49.5],
    [{ order: { total: 7 } }, 'properties.order.total', 7],
    [{ revenue: 'a lot' }, 'properties.revenue', undefined],
    [{ revenue: '' }, 'properties.revenue', undefined],
    [{ revenue: Number.NaN }, 'properties.revenue', undefined],
    [{}, 'properties.revenue', undefined],
    [{}, 'properties.constructor.length', undefined],
  ])('is worth what the event says: %o %s', (properties, value, worth) => {
    expect(goalValue({ value }, event(properties))).toBe(worth);
  });
});
