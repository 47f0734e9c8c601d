import { abortExecution, guarded, timeOutExecution } from './fail.ts';
import type { Machinery } from './machinery.ts';
import { type Run, recordStart } from './run.ts';
import { endWait, enter } from './states.ts';
import { retryNow } from './task.ts';

// A loop of Choices and Passes is committed now and then, and lets others run.
const eventsAtOnce = 200;

/** Enters states until one needs a call or time, the execution ends, or enough is to be committed. */
export const advance = async (m: Machinery, run: Run, isDeleting: boolean): Promise<void> => {
  await guarded(m, run, async () => {
    recordStart(run);
    while (run.position.phase === 'enter' && !run.closing && run.events.length < eventsAtOnce) {
      if (isDeleting) return abortExecution(m, run);
      await enter(m, run);
    }
  });
};

/** What the passing of time alone does to an execution; false when its time has not come. */
export const passTime = async (m: Machinery, run: Run): Promise<boolean> => {
  const { position, execution } = run;
  const now = m.now();
  if (now >= execution.deadline) {
    recordStart(run);
    timeOutExecution(m, run);
    return true;
  }
  if (now < position.due) return false;
  if (position.phase === 'wait') await guarded(m, run, () => endWait(m, run));
  else if (position.phase === 'backoff') await guarded(m, run, () => retryNow(m, run));
  else return false;
  return true;
};
