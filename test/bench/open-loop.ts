/**
 * Posts at times that are planned beforehand, whatever becomes of the requests before: who is kept waiting
 * by a slow answer is counted with the whole wait. Loopback only.
 * `node open-loop.ts URL KIND PER_SECOND SECONDS PREFIX` prints one JSON line; KIND is `event`, `batch` or `form`.
 */
import { Agent, request } from 'node:http';
import { setTimeout } from 'node:timers/promises';

export type Kind = 'event' | 'batch' | 'form';
export interface Arrivals {
  sent: number;
  /** Answered with anything but 2xx, or not at all. */
  refused: number;
  /** Milliseconds from the planned time to the end of the answer. */
  p50: number;
  p99: number;
  /** Requests a second until the last answer. */
  perSecond: number;
}

const [url = '', kind = 'event', perSecond = '100', seconds = '5', prefix = 'a'] = process.argv.slice(2);
if (!['127.0.0.1', '[::1]', 'localhost'].includes(new URL(url).hostname))
  throw new Error('Load goes to loopback only.');
const agent = new Agent({ keepAlive: true, maxSockets: 200 });
const people = 1_000;

const eventOf = (id: string, n: number) => ({
  userId: `${prefix}-${n % people}`,
  messageId: id,
  event: 'Product Viewed',
  properties: { sku: `sku-${n % 97}`, price: n % 300, currency: 'EUR' },
});
const batchOf = (n: number) => ({
  batch: Array.from({ length: 100 }, (_, i) => ({
    type: 'track',
    ...eventOf(`${prefix}-${n}-${i}`, 100 * n + i),
  })),
});
const formOf = (n: number) => ({ email: `${prefix}-${n}@example.com`, firstName: 'Ada', consent: 'yes' });

const requests: Readonly<Record<Kind, (n: number) => [string, unknown]>> = {
  event: (n) => ['/v1/track', eventOf(`${prefix}-${n}`, n)],
  batch: (n) => ['/v1/batch', batchOf(n)],
  form: (n) => ['/v1/forms/demo-request', formOf(n)],
};

/** @returns whether it was accepted */
const post = (n: number): Promise<boolean> =>
  new Promise((resolve) => {
    const [path, body] = requests[kind as Kind](n);
    const text = JSON.stringify(body);
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
      authorization: `Basic ${btoa('wk_acme:')}`,
    };
    const call = request(new URL(path, url), { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(Math.floor((response.statusCode ?? 500) / 100) === 2));
    });
    call.on('error', () => resolve(false));
    call.end(text);
  });

const latencies: number[] = [];
let refused = 0;
const total = Math.round(Number(perSecond) * Number(seconds));
const start = performance.now() + 100;

const arrive = async (n: number): Promise<void> => {
  const planned = start + (1000 * n) / Number(perSecond);
  const early = planned - performance.now();
  if (early > 0) await setTimeout(early);
  if (!(await post(n))) refused++;
  latencies.push(performance.now() - planned);
};
await Promise.all(Array.from({ length: total }, (_, n) => arrive(n)));
const elapsed = (performance.now() - start) / 1000;
agent.destroy();
latencies.sort((a, b) => a - b);
const at = (q: number): number => latencies[Math.min(total - 1, Math.floor(total * q))] ?? 0;
const result: Arrivals = { sent: total, refused, p50: at(0.5), p99: at(0.99), perSecond: total / elapsed };
console.log(JSON.stringify(result));
