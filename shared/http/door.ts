import type { FunctionContext } from '#aws/function-context';
import type { HttpTrigger } from '#aws/function-record';
import { iso } from '#kernel/clock';
import { Refusal } from '#kernel/errors';
import { type Act, keepAct, keepUse, newAct } from '#store/audit';
import type { Store } from '#store/store';
import { callerOf, forbidden, isAllowed } from './authorize.ts';
import type { Caller, HttpRequest } from './request.ts';
import { subjectOf } from './subject.ts';

/** Somebody with a token who came to a route. */
export interface Entered {
  caller: Caller;
  /** Names what is acted upon, where the address does not. */
  about(subject: string): void;
  /** Before the answer. @returns false where it must not be given, for it could not be kept who asked */
  leave(status: number): Promise<boolean>;
}

export interface Door {
  /**
   * Who asks, before any work. What is asked for is not looked at: whoever may not is told the same whether
   * it exists or not.
   * @param known told who it is, also when it is refused then
   */
  enter(request: HttpRequest, trigger: HttpTrigger, known: (entered: Entered) => void): Promise<void>;
}

const notKept = (cause: unknown): Refusal =>
  new Refusal(503, 'not-kept', 'It cannot be kept just now who asks, so nothing was done. Try again.', {
    headers: { 'retry-after': '5' },
    cause,
  });

/** What a reader is shown changes nothing; everything else may. */
const mayChange = ({ method }: HttpTrigger): boolean => method !== 'GET' && method !== 'HEAD';

/**
 * The one door of all routes that take a token. A change is kept before it is made, and its status before the
 * answer: no crash leaves one of which nothing is known. A look at a person is kept before it is shown.
 */
export const createDoor = ({ log }: Pick<FunctionContext, 'log'>, store: Store): Door => {
  const noteUse = createUses(store, (error) => log.warn('use-not-kept', { error: (error as Error).name }));

  const leave = async (act: Act, trigger: HttpTrigger, status: number): Promise<boolean> => {
    try {
      await keepAct(store, { ...act, status });
      return true;
    } catch (error) {
      log.error('act-not-kept', { act: act.id, error: (error as Error).name });
      return mayChange(trigger) || status >= 400;
    }
  };

  return {
    async enter(request, trigger, known) {
      const caller = await callerOf(store, request);
      const allowed = isAllowed(caller, trigger);
      const isKept = trigger.kept ?? mayChange(trigger);
      const act = newAct(store, {
        actor: { id: caller.id, name: caller.name, role: caller.role },
        ...{ what: request.route, subject: subjectOf(request), request: request.id },
      });
      known({
        caller,
        about: (subject) => void Object.assign(act, { subject }),
        leave: async (status) => !(isKept || !allowed) || leave(act, trigger, status),
      });
      if (!allowed) throw forbidden(caller, trigger);
      await noteUse(caller.id);
      if (!isKept || !mayChange(trigger)) return;
      await keepAct(store, act).catch((cause) => {
        throw notKept(cause);
      });
    },
  };
};

/** Once an hour for each token, in each function that it calls. */
const createUses = (store: Store, failed: (error: unknown) => void) => {
  const noted = new Map<string, string>();
  return async (token: string): Promise<void> => {
    const hour = iso(store.clock.now()).slice(0, 13);
    if (noted.get(token) === hour) return;
    noted.set(token, hour);
    await keepUse(store, token).catch(failed);
  };
};
