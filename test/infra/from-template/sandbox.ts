import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

export interface SandboxOptions {
  /** Folder of the code asset. */
  code: string;
  /** `index.handler` */
  handler: string;
  /** Folder that Lambda would lay over `/opt`. */
  layer?: string | undefined;
  environment: Record<string, string>;
  timeoutSeconds: number;
}

export interface Sandbox {
  call(event: unknown, now: number): Promise<unknown>;
  close(): Promise<void>;
}

interface Reply {
  id: number;
  answer?: unknown;
  failed?: { name: string; message: string; stack: string };
}

/** A function's bundle, in a thread that has nothing but its environment, as in Lambda. */
export const openSandbox = (options: SandboxOptions): Sandbox => {
  const { code, handler, environment, timeoutSeconds } = options;
  const folder = options.layer === undefined ? undefined : mkdtempSync(join(tmpdir(), 'wayleaf-opt-'));
  if (folder) layOver(code, options.layer!, folder);
  const [file, name] = handler.split('.') as [string, string];
  const module = pathToFileURL(join(folder ?? code, `${file}.mjs`)).href;
  const worker = new Worker(new URL('./sandbox-worker.ts', import.meta.url), {
    workerData: { module, handler: name },
    env: environment,
    execArgv: [],
    stdout: true,
    stderr: true,
  });
  const waiting = new Map<number, (reply: Reply) => void>();
  worker.on('message', (reply: Reply) => waiting.get(reply.id)?.(reply));
  worker.on('error', ({ name, message, stack = '' }: Error) => {
    for (const [id, tell] of waiting) tell({ id, failed: { name, message, stack } });
  });
  let calls = 0;
  return {
    call: (event, now) =>
      new Promise((resolve, reject) => {
        const id = ++calls;
        waiting.set(id, ({ answer, failed }) => {
          waiting.delete(id);
          if (failed) reject(Object.assign(new Error(failed.message), failed));
          else resolve(answer);
        });
        worker.postMessage({ id, event, now, timeoutMs: timeoutSeconds * 1000 });
      }),
    async close() {
      await worker.terminate();
      if (folder) rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** There is no `/opt` of our own here: the bundle is told another place. */
const layOver = (code: string, layer: string, folder: string): void => {
  cpSync(code, folder, { recursive: true });
  const bundle = join(folder, 'index.mjs');
  writeFileSync(
    bundle,
    readFileSync(bundle, 'utf8').replaceAll('"/opt/', JSON.stringify(`${layer}/`).slice(0, -1)),
  );
};
