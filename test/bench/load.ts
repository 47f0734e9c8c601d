/**
 * Posts single events over a fixed number of kept connections, each as soon as its last answer came,
 * for a bounded time. Loopback only. `node load.ts URL SECONDS CONNECTIONS PREFIX` prints one JSON line;
 * the ids of the events are `PREFIX-0` up to `PREFIX-<sent - 1>`.
 */
import { Agent, request } from 'node:http';

export interface Load {
  sent: number;
  /** Events answered with anything but 2xx, or not at all. */
  refused: number[];
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

const [url = '', seconds = '5', connections = '50', prefix = 'a'] = process.argv.slice(2);
const target = new URL('/v1/track', url);
if (!['127.0.0.1', '[::1]', 'localhost'].includes(target.hostname))
  throw new Error('Load goes to loopback only.');
const agent = new Agent({ keepAlive: true, maxSockets: Number(connections) });
const people = 1000;
const latencies: number[] = [];
const refused: number[] = [];
let sent = 0;

const headersOf = (body: string) => ({
  'content-type': 'application/json',
  'content-length': Buffer.byteLength(body),
  authorization: `Basic ${btoa('wk_acme:')}`,
});

const bodyOf = (n: number): string =>
  JSON.stringify({
    userId: `${prefix}-${n % people}`,
    messageId: `${prefix}-${n}`,
    event: 'Product Viewed',
    properties: { sku: `sku-${n % 97}`, price: n % 300, currency: 'EUR' },
    timestamp: new Date().toISOString(),
  });

const post = (): Promise<void> =>
  new Promise((resolve) => {
    const n = sent++;
    const body = bodyOf(n);
    const start = performance.now();
    const call = request(target, { method: 'POST', agent, headers: headersOf(body) });
    call.on('response', (response) => {
      response.resume();
      response.on('end', () => {
        latencies.push(performance.now() - start);
        if (Math.floor((response.statusCode ?? 500) / 100) !== 2) refused.push(n);
        resolve();
      });
    });
    call.on('error', () => {
      refused.push(n);
      resolve();
    });
    call.end(body);
  });

const end = performance.now() + Number(seconds) * 1000;
const connection = async (): Promise<void> => {
  while (performance.now() < end) await post();
};
const start = performance.now();
await Promise.all(Array.from({ length: Number(connections) }, connection));
const elapsed = (performance.now() - start) / 1000;
agent.destroy();
latencies.sort((a, b) => a - b);
const at = (q: number): number =>
  latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * q))] ?? 0;
const result: Load = {
  sent,
  refused,
  perSecond: (sent - refused.length) / elapsed,
  p50: at(0.5),
  p99: at(0.99),
};
console.log(JSON.stringify(result));
