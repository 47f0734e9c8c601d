import { Worker } from 'node:worker_threads';
import type { LambdaHandler, Settings } from '#aws/function-context';
import type { FunctionEntry } from '#infra/manifest';
import type { Web } from '#web/web';
import type { Services } from '../../wire/model.ts';
import type { CalledFunction } from '../functions.ts';
import {
  type Bundle,
  createBundler,
  createQuestions,
  type FromThread,
  sendError,
  type ThreadSetup,
  type ToThread,
} from './messages.ts';

export interface FunctionThread {
  /** The manifest, with the functions that run there called there. */
  readonly manifest: readonly CalledFunction[];
  /** They changed. */
  tell(settings: Settings): void;
  close(): Promise<void>;
}

export interface FunctionThreadOptions extends Omit<ThreadSetup, 'now'> {
  manifest: readonly FunctionEntry[];
  services: Services;
  web: Web;
  /** Of a virtual clock; absent where the thread's own clock is right. */
  now?: (() => number) | undefined;
}

/**
 * What costs as much as the tables do: steps and what hears the streams. Requests wait for an answer,
 * and what reports bring is little more than one write.
 */
const runsInThread = ({ record }: FunctionEntry): boolean =>
  record.triggers.every(({ kind }) => kind === 'machine' || kind === 'stream');

/**
 * A second processor: the functions behind machines and streams run in a thread of their own, and
 * ask the services by message as over a network.
 */
export const createFunctionThread = (options: FunctionThreadOptions): FunctionThread => {
  const { manifest, services, web, now, ...setup } = options;
  const invocations = createQuestions();
  let settings = setup.settings;
  let link: Link | undefined;
  let closed = false;

  const answer = (from: Link, message: FromThread): void => {
    if (message.kind === 'done') invocations.answer(message.id, message);
    else
      ask(message).then(
        (output) => from.post({ kind: 'answer', id: message.id, output }),
        (error: unknown) => from.post({ kind: 'answer', id: message.id, error: sendError(error) }),
      );
  };
  const ask = (message: Exclude<FromThread, { kind: 'done' }>): Promise<unknown> => {
    if (message.kind === 'web') return web.call(message.request);
    const { service, operation, input, caller } = message;
    return services[service](operation, input, caller === undefined ? undefined : { caller });
  };
  const onEnd = (ended: Link, why: unknown): void => {
    if (link !== ended || closed) return;
    link = undefined;
    invocations.refuseAll(new Error('The thread of the functions ended.', { cause: why }));
  };
  const linked = (): Link => {
    link ??= startThread({ ...setup, settings }, { now, onEnd, onMessage: answer });
    return link;
  };
  const handlerOf =
    (name: string): LambdaHandler =>
    async (event, context) => {
      const { awsRequestId: requestId = '', getRemainingTimeInMillis: remaining = () => 0 } = context ?? {};
      const call = { name, event: JSON.stringify(event), requestId, remainingMs: remaining() };
      const output = await invocations.ask<string>((id) => linked().post({ kind: 'invoke', id, ...call }));
      return JSON.parse(output) as unknown;
    };

  return {
    manifest: manifest.map((entry) =>
      runsInThread(entry)
        ? {
            record: entry.record,
            elsewhere: true,
            load: async () => ({ createHandler: () => handlerOf(entry.record.name) }),
          }
        : entry,
    ),
    tell(changed) {
      settings = changed;
      link?.post({ kind: 'settings', settings });
    },
    async close() {
      closed = true;
      await link?.terminate();
    },
  };
};

interface Link {
  post(message: ToThread): void;
  terminate(): Promise<unknown>;
}

interface LinkOptions {
  now?: (() => number) | undefined;
  onMessage(from: Link, message: FromThread): void;
  onEnd(ended: Link, why: unknown): void;
}

const startThread = (setup: ThreadSetup, { now, onMessage, onEnd }: LinkOptions): Link => {
  const workerData: ThreadSetup = { ...setup, now: now?.() };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData });
  const post = createBundler<ToThread>((messages) => {
    const bundle: Bundle<ToThread> = { messages, now: now?.() };
    worker.postMessage(bundle);
  });
  const link: Link = { post, terminate: () => worker.terminate() };
  worker.on('message', ({ messages }: Bundle<FromThread>) => {
    for (const message of messages) onMessage(link, message);
  });
  worker.on('error', (cause) => onEnd(link, cause));
  worker.on('exit', (code) => onEnd(link, code));
  return link;
};
