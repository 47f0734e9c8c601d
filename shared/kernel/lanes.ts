/**
 * Works through a list, some at a time, each taken when a lane is free. What comes of them is given in the order of
 * the list; one that throws ends the work for the caller, so whoever wants the others catches in `work`.
 * @param isOver asked before each: what is left then is left
 */
export const inLanes = async <T, R>(
  lanes: number,
  all: readonly T[],
  work: (one: T) => Promise<R>,
  isOver: () => boolean = () => false,
): Promise<R[]> => {
  const queue = all.entries();
  const done: R[] = [];
  const lane = async (): Promise<void> => {
    // The lanes share one iterator.
    for (const [i, one] of queue) {
      if (isOver()) return;
      done[i] = await work(one);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return done;
};
