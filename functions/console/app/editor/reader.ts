import { startWorker } from '../trusted.ts';
import type { Question, Reader } from './protocol.ts';
import address from './reader.worker.ts?worker&url';

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** One worker for all editors, started when the first question comes. */
const createReader = (): Reader => {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let asked = 0;
  const start = (): Worker => {
    const started = startWorker(address);
    started.onmessage = ({ data }: MessageEvent<{ id: number; answer?: unknown; failed?: string }>) => {
      const { resolve, reject } = waiting.get(data.id) ?? {};
      waiting.delete(data.id);
      if (data.failed === undefined) resolve?.(data.answer);
      else reject?.(new Error(data.failed));
    };
    return started;
  };
  const ask = (question: Question): Promise<never> =>
    new Promise((resolve, reject) => {
      worker ??= start();
      const id = ++asked;
      waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
      worker.postMessage({ id, question });
    });
  return {
    check: (...given) => ask({ name: 'check', given }),
    mend: (...given) => ask({ name: 'mend', given }),
    complete: (...given) => ask({ name: 'complete', given }),
    explain: (...given) => ask({ name: 'explain', given }),
  };
};

export const reader: Reader = createReader();
