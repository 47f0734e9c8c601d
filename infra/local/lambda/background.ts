/**
 * Lets the work behind the scenes give way to requests that somebody waits for, without ever starving:
 * while requests arrive it goes on one piece at a time, resting as long as it worked.
 */
export interface Background {
  /** A request came in. */
  enter(): void;
  /** It was answered. */
  leave(): void;
  run<T>(work: () => Promise<T>): Promise<T>;
}

/** Requests are taken to arrive still this long after the last one was answered. */
const lingerMs = 5;
/** Working time over resting time while requests arrive. */
const restFactor = 2;
const longestRestMs = 200;

export const createBackground = (): Background => {
  let requests = 0;
  let lastAnswer = Number.NEGATIVE_INFINITY;
  const waiting: (() => void)[] = [];
  let working = false;
  const isBusy = (): boolean => requests > 0 || performance.now() - lastAnswer < lingerMs;

  const releaseAll = (): void => {
    for (const release of waiting.splice(0)) release();
  };
  const next = (restMs: number): void => {
    setTimeout(() => {
      working = false;
      if (!isBusy()) return releaseAll();
      const release = waiting.shift();
      if (!release) return;
      working = true;
      release();
    }, restMs);
  };
  const turn = (): Promise<void> =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (working) return;
      working = true;
      next(0);
    });
  const runInTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    await turn();
    const started = performance.now();
    try {
      return await work();
    } finally {
      next(isBusy() ? Math.min(longestRestMs, restFactor * (performance.now() - started)) : 0);
    }
  };
  return {
    enter: () => {
      requests++;
    },
    leave: () => {
      requests--;
      lastAnswer = performance.now();
    },
    run: (work) => (isBusy() ? runInTurn(work) : work()),
  };
};
