import type { Settings } from '#aws/function-context';
import type { LogLevel } from '#aws/log';
import type { WebRequest } from '#web/web';
import { AwsError } from '../../aws-error.ts';
import { LostConnection } from '../../wire/lost-connection.ts';
import type { ServiceName } from '../../wire/model.ts';
import type { SeamOptions } from '../../wire/seams.ts';

/** What the thread is started with. */
export interface ThreadSetup {
  settings: Settings;
  seam: SeamOptions['seam'];
  endpoints: { ses?: string | undefined; sns?: string | undefined };
  logLevel: LogLevel;
  /** Milliseconds; absent where the clock is the machine's own. */
  now?: number | undefined;
}

/** Errors lose their class on the way between threads; what is asked of them later goes beside them. */
export interface SentError {
  kind: 'aws' | 'lost' | 'other';
  name: string;
  message: string;
  stack: string;
  statusCode?: number;
  fields?: Readonly<Record<string, unknown>>;
}

type Outcome = { output: unknown } | { error: SentError };

/** From the world to the functions. */
export type ToThread =
  | { kind: 'invoke'; id: number; name: string; event: string; requestId: string; remainingMs: number }
  | ({ kind: 'answer'; id: number } & Outcome)
  | { kind: 'settings'; settings: Settings };

/** `now`: as in `ThreadSetup`. */
export interface Bundle<Message> {
  messages: Message[];
  now?: number | undefined;
}

/** From the functions to the world. */
export type FromThread =
  | { kind: 'call'; id: number; service: ServiceName; operation: string; input: unknown; caller?: string }
  | { kind: 'web'; id: number; request: WebRequest }
  | ({ kind: 'done'; id: number } & Outcome);

export const sendError = (thrown: unknown): SentError => {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const { name, message, stack = '' } = error;
  const common = { name, message, stack };
  if (error instanceof AwsError)
    return { kind: 'aws', ...common, statusCode: error.statusCode, fields: error.fields };
  return { kind: error instanceof LostConnection ? 'lost' : 'other', ...common };
};

export const readError = ({ kind, name, message, stack, statusCode, fields }: SentError): Error => {
  if (kind === 'aws') return new AwsError(name, message, fields, statusCode);
  if (kind === 'lost') return new LostConnection();
  return Object.assign(new Error(message), { name, stack });
};

/** What is to be told in one turn of the event loop travels together: one message costs as much as fifty. */
export const createBundler = <Message>(post: (messages: Message[]) => void) => {
  let open: Message[] = [];
  const close = (): void => {
    const messages = open;
    open = [];
    post(messages);
  };
  return (message: Message): void => {
    if (open.push(message) === 1) setImmediate(close);
  };
};

/** Numbers questions, and gives each its answer. */
export const createQuestions = () => {
  let last = 0;
  const open = new Map<number, PromiseWithResolvers<unknown>>();
  return {
    ask<T>(send: (id: number) => void): Promise<T> {
      const question = Promise.withResolvers<unknown>();
      open.set(++last, question);
      send(last);
      return question.promise as Promise<T>;
    },
    answer(id: number, outcome: Outcome): void {
      const question = open.get(id);
      open.delete(id);
      if ('error' in outcome) question?.reject(readError(outcome.error));
      else question?.resolve(outcome.output);
    },
    /** Nobody will answer any more. */
    refuseAll(why: Error): void {
      for (const { reject } of open.values()) reject(why);
      open.clear();
    },
  };
};
