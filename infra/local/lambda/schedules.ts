import type { WorldClock } from '../clock.ts';
import type { Functions } from './functions.ts';

export interface Schedules {
  /** The first round is at once: it mends what a crash left. */
  start(): void;
  stop(): void;
}

export interface SchedulesOptions {
  functions: Functions;
  clock: WorldClock;
  invoke: (functionName: string, event: unknown) => Promise<unknown>;
  /** Counts whatever the world has written. */
  changes: () => number;
  onFailure: (functionName: string, error: unknown) => void;
}

const minute = 60_000;
const longestPause = 1_440 * minute;

/**
 * Functions that are called every so often. A virtual month must not be nine thousand rounds that find
 * nothing: while nothing in the world changes, the pauses on a virtual clock double, up to a day.
 */
export const createSchedules = ({
  functions,
  clock,
  invoke,
  changes,
  onFailure,
}: SchedulesOptions): Schedules => {
  let stopped = false;
  const run = async (
    name: string,
    everyMs: number,
    pauseMs: number,
    changesBefore: number,
  ): Promise<void> => {
    if (stopped) return;
    const quiet = clock.mode === 'virtual' && changes() === changesBefore;
    const pause = quiet ? Math.min(pauseMs * 2, Math.max(longestPause, everyMs)) : everyMs;
    try {
      await invoke(name, { source: 'schedule' });
    } catch (error) {
      onFailure(name, error);
    }
    const seen = changes();
    if (!stopped)
      clock.at(clock.now() + pause, `schedule-${name}`, () => void run(name, everyMs, pause, seen));
  };
  return {
    start() {
      for (const { record, trigger } of functions.triggeredBy('schedule')) {
        const everyMs = trigger.everyMinutes * minute;
        void run(record.name, everyMs, everyMs, Number.NaN);
      }
    },
    stop() {
      stopped = true;
    },
  };
};
