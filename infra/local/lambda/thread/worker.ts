import { enableCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { Web } from '#web/web';
import type { Bundle, FromThread, ThreadSetup, ToThread } from './messages.ts';

/** The functions' side: see `thread.ts`. */
enableCompileCache();
const { createContexts, createLogs } = await import('../../contexts.ts');
const { manifest } = await import('#infra/manifest');
const { createBundler, createQuestions, sendError } = await import('./messages.ts');
type Handler = ReturnType<Awaited<ReturnType<(typeof manifest)[number]['load']>>['createHandler']>;

const setup = workerData as ThreadSetup;
const { settings, seam, endpoints } = setup;
const port = parentPort!;
let now = setup.now;
const clock = { now: () => now ?? Date.now() };

const calls = createQuestions();
const post = createBundler<FromThread>((messages) => {
  const bundle: Bundle<FromThread> = { messages };
  port.postMessage(bundle);
});
const serviceOf =
  (service: 'dynamodb' | 'sfn' | 'ses' | 'sns') =>
  (operation: string, input: unknown, options?: { caller?: string }): Promise<unknown> =>
    calls.ask((id) => post({ kind: 'call', id, service, operation, input, ...options }));
const services = {
  dynamodb: serviceOf('dynamodb'),
  sfn: serviceOf('sfn'),
  ses: serviceOf('ses'),
  sns: serviceOf('sns'),
};
const web: Web = { call: (request) => calls.ask((id) => post({ kind: 'web', id, request })) };
const logFor = createLogs(setup.logLevel, clock);
const contextFor = createContexts({
  ...{ services, settings, clock, seam, logFor, endpoints, web },
  fromElsewhere: true,
});

const handlers = new Map<string, Promise<Handler>>();
const handlerOf = (name: string): Promise<Handler> => {
  const known = handlers.get(name);
  if (known) return known;
  const { record, load } = manifest.find((entry) => entry.record.name === name)!;
  const made = load().then(({ createHandler }) => createHandler(contextFor(record)));
  handlers.set(name, made);
  return made;
};

const run = async (message: Extract<ToThread, { kind: 'invoke' }>): Promise<unknown> => {
  const { name, event, requestId, remainingMs } = message;
  const until = performance.now() + remainingMs;
  const handler = await handlerOf(name);
  return handler(JSON.parse(event), {
    awsRequestId: requestId,
    functionName: name,
    getRemainingTimeInMillis: () => Math.max(0, until - performance.now()),
  } as Parameters<Handler>[1]);
};

const invoke = (message: Extract<ToThread, { kind: 'invoke' }>): Promise<void> =>
  run(message).then(
    (output) => post({ kind: 'done', id: message.id, output: JSON.stringify(output ?? null) }),
    (error: unknown) => post({ kind: 'done', id: message.id, error: sendError(error) }),
  );

const take = (message: ToThread): void => {
  if (message.kind === 'answer') calls.answer(message.id, message);
  else if (message.kind === 'settings') Object.assign(settings, message.settings);
  else void invoke(message);
};
port.on('message', (bundle: Bundle<ToThread>) => {
  now = bundle.now;
  bundle.messages.forEach(take);
});
