import { parentPort, workerData } from 'node:worker_threads';

/** What Lambda's runtime does: loads the handler once, and calls it for each event. Its clock is the world's. */
const { module, handler } = workerData as { module: string; handler: string };
const Real = Date;
let now = Real.now();
globalThis.Date = class extends Real {
  constructor(...given: unknown[]) {
    super(...((given.length === 0 ? [now] : given) as [number]));
  }
  static override now = (): number => now;
} as DateConstructor;

type Handler = (event: unknown, context: object) => Promise<unknown>;
let loading: Promise<Handler> | undefined;
const load = async (): Promise<Handler> => ((await import(module)) as Record<string, Handler>)[handler]!;

interface Call {
  id: number;
  now: number;
  event: unknown;
  timeoutMs: number;
}

parentPort!.on('message', async ({ id, event, timeoutMs, ...call }: Call) => {
  now = call.now;
  loading ??= load();
  const context = { awsRequestId: `call-${id}`, getRemainingTimeInMillis: () => timeoutMs };
  try {
    parentPort!.postMessage({ id, answer: await (await loading)(event, context) });
  } catch (error) {
    const { name, message, stack } = error as Error;
    parentPort!.postMessage({ id, failed: { name, message, stack } });
  }
});
