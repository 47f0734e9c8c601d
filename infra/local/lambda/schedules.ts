import type { WorldClock } from '../time/clock.ts';
import type { Functions } from './functions.ts';

export interface Schedules {
  /** The first round is at once: it mends what a crash left. */
  start(): void;
  /**
   * Something may be planned since: on a virtual clock, functions that told when they want to be
   * called next are called as soon as their rate allows, and may tell anew.
   */
  wake(): void;
  stop(): void;
}

export interface SchedulesOptions {
  functions: Functions;
  clock: WorldClock;
  invoke: (functionName: string, event: unknown) => Promise<unknown>;
  /** Counts whatever the world has written. */
  changes: () => number;
  /** Counts what was written that may make a function want to be called sooner. */
  plans: () => number;
  onFailure: (functionName: string, error: unknown) => void;
}

const minute = 60_000;
const longestPause = 1_440 * minute;
/** On a real clock, of functions that want to be called sooner than their rate. */
const shortestPause = 1_000;
/** Of functions that tell when they want to be called: they are woken before, should it be sooner. */
const longestSleep = 30 * longestPause;

/**
 * Functions that are called every so often. A virtual month must not be nine thousand rounds that find
 * nothing: while nothing in the world changes, the pauses on a virtual clock double, up to a day. A
 * function that answers `{ next: ISO or null }` is called then instead, or when something was planned; on
 * a real clock sooner than by its rate, never later.
 */
export const createSchedules = ({
  functions,
  clock,
  invoke,
  changes,
  plans,
  onFailure,
}: SchedulesOptions): Schedules => {
  let stopped = false;
  const rounds: Round[] = [];
  const arm = (round: Round, at: number): void => {
    round.cancel?.();
    round.armedFor = at;
    round.cancel = clock.at(at, `schedule-${round.name}`, () => void run(round));
  };
  const pauseOf = (round: Round): number => {
    const quiet = clock.mode === 'virtual' && changes() === round.seen;
    return quiet ? Math.min(round.pauseMs * 2, Math.max(longestPause, round.everyMs)) : round.everyMs;
  };
  const run = async (round: Round): Promise<void> => {
    if (stopped) return;
    round.cancel = undefined;
    round.pauseMs = pauseOf(round);
    round.next = undefined;
    // Before the call: what is written meanwhile it may not have seen.
    round.plans = plans();
    try {
      round.next = nextOf(await invoke(round.name, { source: 'schedule' }));
    } catch (error) {
      onFailure(round.name, error);
    }
    round.seen = changes();
    round.lastAt = clock.now();
    if (!stopped) arm(round, dueOf(round));
  };
  const dueOf = ({ next, lastAt, everyMs, pauseMs }: Round): number => {
    if (next === undefined) return lastAt + pauseMs;
    if (clock.mode === 'real') return Math.min(Math.max(next, lastAt + shortestPause), lastAt + pauseMs);
    return Math.min(next > lastAt ? next : lastAt + everyMs, lastAt + longestSleep);
  };
  const isStale = (round: Round): boolean =>
    round.next !== undefined && round.cancel !== undefined && plans() !== round.plans;
  return {
    start() {
      for (const { record, trigger } of functions.triggeredBy('schedule')) {
        const everyMs = trigger.everyMinutes * minute;
        const round: Round = {
          name: record.name,
          everyMs,
          pauseMs: everyMs,
          seen: Number.NaN,
          plans: Number.NaN,
          lastAt: 0,
          armedFor: 0,
        };
        rounds.push(round);
        void run(round);
      }
    },
    wake() {
      if (clock.mode !== 'virtual') return;
      for (const round of rounds.filter(isStale)) {
        const soon = Math.max(clock.now(), round.lastAt + round.everyMs);
        if (soon < round.armedFor) arm(round, soon);
      }
    },
    stop() {
      stopped = true;
    },
  };
};

interface Round {
  name: string;
  everyMs: number;
  pauseMs: number;
  /** Counts of changes when it was last called. */
  seen: number;
  plans: number;
  lastAt: number;
  armedFor: number;
  /** When the function wants to be called next (milliseconds); undefined where it does not say. */
  next?: number | undefined;
  cancel?: (() => void) | undefined;
}

const nextOf = (answer: unknown): number | undefined => {
  const next = (answer as { next?: string | null } | undefined)?.next;
  if (next === undefined) return undefined;
  return next === null ? Number.POSITIVE_INFINITY : Date.parse(next);
};
