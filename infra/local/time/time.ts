import type { Forgetting } from '../forgetting.ts';
import { lengthOf } from '../http/local-routes.ts';
import type { Kept } from '../kept.ts';
import type { Lambda } from '../lambda/lambda.ts';
import { createDrain } from '../quiet.ts';
import type { Database } from '../sqlite/database.ts';
import type { WorldClock } from './clock.ts';
import { keepTime } from './world-clock.ts';

interface TimeParts {
  clock: WorldClock;
  kept: Kept;
  lambda: Lambda;
  stepFunctions: { idle(): Promise<void> };
  db: Database;
  forgetting: Pick<Forgetting, 'idle'>;
}

/** Moves a world's clock, and knows when the world is quiet. */
export const createTime = ({ clock, kept, lambda, stepFunctions, db, forgetting }: TimeParts) => {
  let commits = 0;
  db.onCommit(() => commits++);
  const { readers, deliveries, functions } = lambda;
  const synced = () => db.read(() => {});
  const quiet = createDrain({
    ...{ readers, deliveries, functions, stepFunctions, synced },
    activity: () => commits,
  });
  const drain = async (): Promise<void> => {
    await quiet();
    await forgetting.idle();
  };
  const settle = async (): Promise<void> => {
    keepTime(kept, clock);
    await drain();
    lambda.wake();
  };
  // One after the other: time cannot be advanced twice at once.
  let before: Promise<void> = Promise.resolve();
  const advanceTo = (ms: number): Promise<void> => {
    // Who was told that the time has passed finds it so after a crash too.
    const mine = before
      .then(() => clock.advanceTo(ms, settle))
      .then(settle)
      .then(() => db.write(() => {}));
    before = mine.catch(() => {});
    return mine;
  };
  const advance = (by: string | number): Promise<void> =>
    advanceTo(clock.now() + (typeof by === 'number' ? by : lengthOf(by)));
  return { drain, advance, advanceTo };
};
