import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import type { FunctionRecord, Trigger } from '#aws/function-record';
import type { FunctionEntry } from '#infra/manifest';
import { AwsError } from '../aws-error.ts';

/** What Lambda hands back when a function fails; Step Functions makes Error and Cause of it. */
export class FunctionFailed extends Error {
  override readonly name = 'FunctionFailed';
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
  constructor(
    functionName: string,
    errorType: string,
    errorMessage: string,
    trace: readonly string[],
    cause?: unknown,
  ) {
    super(`${functionName} failed: ${errorType}: ${errorMessage}`, { cause });
    this.errorType = errorType;
    this.errorMessage = errorMessage;
    this.trace = trace;
  }
  /** `{ errorType, errorMessage, trace }`, as Lambda writes it. */
  get payload() {
    return { errorType: this.errorType, errorMessage: this.errorMessage, trace: [...this.trace] };
  }
}

export type TriggerOf<Kind extends Trigger['kind']> = Extract<Trigger, { kind: Kind }>;

export interface Functions {
  readonly records: readonly FunctionRecord[];
  /** Every function with a trigger of this kind, once for each. */
  triggeredBy<Kind extends Trigger['kind']>(
    kind: Kind,
  ): { record: FunctionRecord; trigger: TriggerOf<Kind> }[];
  /** By short or physical name or ARN. The event is handed over as JSON, as Lambda does. */
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /**
   * Without the detour over JSON: of events that were just parsed, and answers on the way back to a browser.
   * @param handler the function's own, in another thread
   */
  invokeDirectly(functionName: string, event: unknown, handler?: LambdaHandler): Promise<unknown>;
  /** Loads what strangers and events call, so that the first of them need not wait. */
  warm(): Promise<void>;
  /** How often each function was called, by its short name. */
  calls(): Record<string, number>;
  /** Resolves when no invocation is under way. */
  idle(): Promise<void>;
  /** Takes no more calls; resolves when those under way have ended. */
  close(): Promise<void>;
}

export type Called = (functionName: string, answer: unknown) => void;

export interface FunctionsOptions {
  manifest: readonly FunctionEntry[];
  contextFor: (record: FunctionRecord) => FunctionContext;
  /** What a physical name has before the short one. */
  prefix?: string;
  /** Told after each call that succeeded: the short name and the answer. */
  called?: Called | undefined;
}

/** The real handlers of the manifest, called as Lambda calls them. */
export const createFunctions = ({
  manifest,
  contextFor,
  prefix = '',
  called,
}: FunctionsOptions): Functions => {
  const entries = new Map(manifest.map((entry) => [entry.record.name, entry]));
  const handlers = new Map<string, Promise<LambdaHandler>>();
  const running = createRunning();
  let closed = false;
  const calls = new Map<string, number>();

  const entryOf = (name: string): FunctionEntry => {
    const last = name.slice(name.lastIndexOf(':') + 1);
    const short = prefix && last.startsWith(prefix) ? last.slice(prefix.length) : last;
    const entry = entries.get(short);
    if (!entry) throw new AwsError('ResourceNotFoundException', `Function not found: ${name}`, {}, 404);
    return entry;
  };
  // Kept, so that what a handler remembers between calls is remembered here too.
  const handlerOf = (entry: FunctionEntry): Promise<LambdaHandler> => {
    const { name } = entry.record;
    const known = handlers.get(name);
    if (known) return known;
    const loading = entry.load().then((module) => module.createHandler(contextFor(entry.record)));
    loading.catch(() => handlers.delete(name));
    handlers.set(name, loading);
    return loading;
  };
  const call = (name: string, event: unknown, handler?: LambdaHandler): Promise<unknown> =>
    running.add(loadAndCall(name, event, handler));
  const loadAndCall = async (name: string, event: unknown, handler?: LambdaHandler): Promise<unknown> => {
    if (closed) throw new Error(`${name} was called after the world was closed.`);
    const entry = entryOf(name);
    calls.set(entry.record.name, (calls.get(entry.record.name) ?? 0) + 1);
    const answer = await callHandler(entry.record, handler ?? (await handlerOf(entry)), event);
    called?.(entry.record.name, answer);
    return answer;
  };

  return {
    records: manifest.map((entry) => entry.record),
    triggeredBy: (kind) =>
      manifest.flatMap(({ record }) =>
        record.triggers.flatMap((trigger) =>
          trigger.kind === kind ? [{ record, trigger: trigger as TriggerOf<typeof kind> }] : [],
        ),
      ),
    invoke: async (name, event) => throughJson(await call(name, throughJson(event))),
    invokeDirectly: call,
    async warm() {
      const hot = manifest.filter(({ record }) => record.triggers.some(isHot));
      await Promise.all(hot.map(handlerOf));
    },
    calls: () => Object.fromEntries(calls),
    idle: running.idle,
    close() {
      closed = true;
      return running.idle();
    },
  };
};

// Administrators can wait; what they call loads the compilers.
const isHot = (trigger: Trigger): boolean =>
  trigger.kind === 'http' ? trigger.access === 'public' : trigger.kind !== 'deployment';

const throughJson = (value: unknown): unknown =>
  value === undefined ? null : JSON.parse(JSON.stringify(value) ?? 'null');

let invocations = 0;

const callHandler = async (
  record: FunctionRecord,
  handler: LambdaHandler,
  event: unknown,
): Promise<unknown> => {
  const awsRequestId = `invocation-${(++invocations).toString(36)}`;
  const limit = record.timeoutSeconds * 1000;
  const started = performance.now();
  const timeout = startTimeout(record, awsRequestId);
  try {
    const work = handler(event, {
      awsRequestId,
      functionName: record.name,
      getRemainingTimeInMillis: () => Math.max(0, limit - (performance.now() - started)),
    } as Parameters<LambdaHandler>[1]);
    return await Promise.race([work, timeout.passed]);
  } catch (error) {
    throw error instanceof FunctionFailed ? error : failureOf(record, error);
  } finally {
    timeout.cancel();
  }
};

const failureOf = (record: FunctionRecord, error: unknown): FunctionFailed => {
  if (!(error instanceof Error)) return new FunctionFailed(record.name, 'Error', String(error), [], error);
  return new FunctionFailed(record.name, error.name, error.message, (error.stack ?? '').split('\n'), error);
};

const startTimeout = (record: FunctionRecord, requestId: string) => {
  let handle: NodeJS.Timeout | undefined;
  const passed = new Promise<never>((_, reject) => {
    handle = setTimeout(() => {
      const text = `RequestId: ${requestId} Error: Task timed out after ${record.timeoutSeconds.toFixed(2)} seconds`;
      reject(new FunctionFailed(record.name, 'Sandbox.Timedout', text, []));
    }, record.timeoutSeconds * 1000);
  });
  return { passed, cancel: () => clearTimeout(handle) };
};

const createRunning = () => {
  let count = 0;
  let waiting: (() => void)[] = [];
  const leave = (): void => {
    if (--count > 0) return;
    const released = waiting;
    waiting = [];
    for (const release of released) release();
  };
  return {
    add: <T>(work: Promise<T>): Promise<T> => {
      count++;
      return work.finally(leave);
    },
    idle: (): Promise<void> =>
      count === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)),
  };
};
