import { readPath } from '#conditions/read-path';
import { duration, durationMs, offset } from '#kernel/durations';
import { drawn } from '#kernel/ids';
import { addCalendar, atTime, nextTime, parseMoment, wallClock } from '#kernel/zones';
import type { Run, RunFacts } from '../effects.ts';
import type { WaitStep } from './schema.ts';

/** What is already past, or not known, goes on at once. */
export const run: Run<WaitStep> = (step, facts) => [
  { kind: 'wait', until: Math.max(facts.now, instantOf(step, facts)) },
];

const instantOf = (step: WaitStep, facts: RunFacts): number => {
  if (typeof step.for === 'string') return facts.now + durationMs(step.for);
  if (step.for) return facts.now + drawnBetween(step.for.between, step.id, facts.run.id);
  return step.until ? untilOf(step, step.until, facts) : facts.now;
};

/** Whole seconds, the same for each asking of one run. */
const drawnBetween = ([shortest, longest]: readonly [string, string], step: string, run: string): number => {
  const from = durationMs(shortest);
  const span = durationMs(longest) - from;
  return from + Math.round((drawn(run, step) * span) / 1000) * 1000;
};

const untilOf = (step: WaitStep, until: NonNullable<WaitStep['until']>, facts: RunFacts): number =>
  'time' in until
    ? nextTime(earliest(step, facts), zoneOf(until, facts), until.time, until.days)
    : dateOf(until, facts);

/** In a loop the very moment at which this wait just ended is not waited for again; the same time a day later is. */
const earliest = ({ id }: WaitStep, { now, waitedUntil }: RunFacts): number =>
  waitedUntil?.(id) === now ? now + 1 : now;

const zoneOf = ({ timezone = 'contact' }: { timezone?: string | undefined }, { zone }: RunFacts): string =>
  timezone === 'contact' ? zone : timezone;

type UntilDate = Extract<NonNullable<WaitStep['until']>, { date: string }>;

const dateOf = (until: UntilDate, { conditions, zone, now }: RunFacts): number => {
  const { contact, trigger, results } = conditions;
  const moment = parseMoment(readPath({ contact, trigger, results }, until.date), zone);
  if (!moment) return now;
  const shifted = addCalendar(moment.from, until.offset ? offset(until.offset) : duration('0 days'), zone);
  return until.at ? atTime(wallClock(shifted, zone).date, until.at, zone) : shifted;
};
