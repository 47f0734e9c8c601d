import { AsyncLocalStorage } from 'node:async_hooks';
import type { LambdaHandler } from '#aws/function-context';
import type { WorldClock } from '#infra/local/time/clock';

interface Invocation {
  name: string;
  isKilled: boolean;
  timeOut: () => void;
}

/** What Lambda says of an invocation that is no more. */
const gone = (name: string): Error => Object.assign(new Error('the invocation is no more'), { name });

/**
 * Invocations that may be killed, or time out while their code goes on: the caller is told at once,
 * and what they do afterwards, they do as zombies.
 */
export const createInvocations = () => {
  const current = new AsyncLocalStorage<Invocation | undefined>();
  const zombies = new Set<Promise<unknown>>();
  /** Counts up: an invocation that hangs shares no memory with those that come after it. */
  let sandboxes = 1;

  const call = async (
    name: string,
    handler: LambdaHandler,
    ...given: Parameters<LambdaHandler>
  ): Promise<unknown> => {
    const timedOut = Promise.withResolvers<never>();
    timedOut.promise.catch(() => undefined);
    const invocation: Invocation = {
      name,
      isKilled: false,
      timeOut: () => timedOut.reject(gone('Sandbox.Timedout')),
    };
    const work = current.run(invocation, () => handler(...given));
    const ended = work.catch(() => undefined).finally(() => zombies.delete(ended));
    zombies.add(ended);
    try {
      return await Promise.race([work, timedOut.promise]);
    } catch (error) {
      throw invocation.isKilled ? gone('Runtime.ExitError') : error;
    }
  };

  return {
    sandbox(name: string, make: () => LambdaHandler): LambdaHandler {
      let [handler, number] = [make(), sandboxes];
      return (event, context) => {
        if (number !== sandboxes) [handler, number] = [make(), sandboxes];
        return call(name, handler, event, context);
      };
    },
    /** The function that is at work. */
    within: (): string | undefined => current.getStore()?.name,
    /** Work that is no part of the invocation within which it happens. */
    aside: <T>(work: () => Promise<T>): Promise<T> => current.run(undefined, work),
    refuseKilled(): void {
      if (current.getStore()?.isKilled) throw gone('Runtime.ExitError');
    },
    kill(): never {
      const invocation = current.getStore();
      if (invocation) invocation.isKilled = true;
      throw gone('Runtime.ExitError');
    },
    /** The caller hears of a timeout now; the code goes on after so long. */
    stall(clock: WorldClock, ms: number): Promise<void> {
      current.getStore()?.timeOut();
      sandboxes++;
      return new Promise((resolve) => clock.at(clock.now() + ms, 'zombie', resolve));
    },
    /** Resolves when nothing moves that does not wait for time. */
    async calm(): Promise<void> {
      for (let i = 0; i < 40; i++) await new Promise((resolve) => setImmediate(resolve));
    },
    zombies: () => zombies.size,
  };
};
