import { setImmediate } from 'node:timers/promises';

export interface Door {
  /** Somebody has come. */
  enter(): void;
  /** Until a turn of the event loop brings nobody more; undefined when nobody came since. */
  untilAllIn(): Promise<void> | undefined;
}

/** As many as wait in the system's own line, by default of Node. */
const mostTurns = 511;

/**
 * One connection comes in with each turn of the event loop (libuv/libuv#3696), and a turn in which requests
 * are worked on is long: of a crowd that comes at once the last would wait for the work of all others. So
 * nobody is worked for while others still come in.
 * @param quietFor is told of each crowd: what can wait lets it come in
 */
export const createDoor = (quietFor: (crowd: Promise<void>) => void = () => {}): Door => {
  let came = 0;
  let seen = 0;
  let waiting: Promise<void> | undefined;
  const wait = async (): Promise<void> => {
    // The end of this turn, in which no more come.
    await setImmediate();
    for (let turn = 0, before = -1; turn < mostTurns && before !== came; turn++) {
      before = came;
      await setImmediate();
    }
    seen = came;
    waiting = undefined;
  };
  return {
    enter() {
      came++;
    },
    untilAllIn() {
      if (came === seen || waiting) return waiting;
      waiting = wait();
      quietFor(waiting);
      return waiting;
    },
  };
};
