import type { Engagement } from '#model/forecast-rates';

/**
 * The defaults called `typical`: round numbers in the middle of what large senders publish, there to see
 * the shape of a journey before its own report tells better ones. Every one that is used is named.
 */
export const typical = {
  messages: {
    email: {
      delivered: 0.98,
      opened: { rate: 0.35, median: '6 hours' },
      clicked: { rate: 0.04, median: '8 hours' },
      unsubscribed: 0.002,
    },
    sms: { delivered: 0.97, opened: 0, clicked: { rate: 0.08, median: '1 hour' }, unsubscribed: 0.01 },
    push: { delivered: 0.9, opened: { rate: 0.05, median: '1 hour' }, clicked: 0.03, unsubscribed: 0.005 },
  } satisfies Record<string, Required<Engagement>>,
  /** Of those whom a task concerns. */
  taskAnswered: 0.7,
  /** Of those whom a step with an `if` of its own concerns. */
  conditionMet: 0.8,
  /** Of those who wait for something that is no message. */
  waitAnswered: 0.1,
  dateAhead: '14 days',
} as const;

/** The delay of a share that says none. */
export const usualMedian = {
  opened: '6 hours',
  clicked: '8 hours',
  answer: '1 day',
  event: '7 days',
} as const;

/** The slowest tenth takes four medians or more: the long tail of how people answer mail. */
export const usualSlow = 4;
