/**
 * Lets the work behind the scenes give way to requests that somebody waits for, without ever starving:
 * while requests arrive, few pieces of it are under way at a time. Most of a piece is waiting for
 * commits, which it then shares with the requests; what costs them is how many pieces run between two.
 */
export interface Background {
  /** A request came in. */
  enter(): void;
  /** It was answered. */
  leave(): void;
  /** Until it is over nothing begins. */
  quietFor(crowd: Promise<void>): void;
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Do requests arrive just now? */
  isBusy(): boolean;
}

/** Requests are taken to arrive still this long after the last one was answered. */
const lingerMs = 5;
const atOnceWhileBusy = 4;

export const createBackground = (): Background => {
  let requests = 0;
  let lastAnswer = Number.NEGATIVE_INFINITY;
  let running = 0;
  let looking = false;
  let crowds = 0;
  const waiting: (() => void)[] = [];
  const isBusy = (): boolean => requests > 0 || performance.now() - lastAnswer < lingerMs;
  const mayRun = (): boolean => crowds === 0 && (running < atOnceWhileBusy || !isBusy());

  const release = (): void => {
    while (waiting.length > 0 && mayRun()) {
      running++;
      waiting.shift()!();
    }
    if (waiting.length > 0) lookAgain();
  };
  // The last request may be answered while all pieces wait for something slow.
  const lookAgain = (): void => {
    if (looking) return;
    looking = true;
    setTimeout(() => {
      looking = false;
      release();
    }, lingerMs);
  };
  const turn = (): Promise<void> | undefined => {
    if (waiting.length === 0 && mayRun()) {
      running++;
      return undefined;
    }
    lookAgain();
    return new Promise((resolve) => waiting.push(resolve));
  };
  return {
    isBusy,
    enter: () => {
      requests++;
    },
    leave: () => {
      requests--;
      lastAnswer = performance.now();
    },
    quietFor(crowd) {
      crowds++;
      crowd.then(() => {
        crowds--;
        release();
      });
    },
    async run(work) {
      await turn();
      try {
        return await work();
      } finally {
        running--;
        release();
      }
    },
  };
};
