/**
 * Posts forms at planned times and waits until each has its mail; the wait counts from the planned time, on
 * the clock of this machine. Loopback only. `node form-to-send.ts URL PER_SECOND SECONDS PREFIX` prints one JSON
 * line. `URL/local/outbox` lists what was sent as `[{ at, to }]`.
 */
import { Agent, request } from 'node:http';
import { setTimeout } from 'node:timers/promises';

export interface FirstSends {
  posted: number;
  refused: number;
  /** Forms whose mail had not come after a minute. */
  unsent: number;
  /** Milliseconds to the answer of the form. */
  answerP99: number;
  /** Milliseconds until SES took the mail on. */
  sendP50: number;
  sendP99: number;
}

const [url = '', perSecond = '10', seconds = '5', prefix = 'a'] = process.argv.slice(2);
if (!['127.0.0.1', '[::1]', 'localhost'].includes(new URL(url).hostname))
  throw new Error('Load goes to loopback only.');
const agent = new Agent({ keepAlive: true, maxSockets: 200 });
const total = Math.round(Number(perSecond) * Number(seconds));
const addressOf = (n: number): string => `${prefix}-${n}@example.com`;

const post = (n: number): Promise<boolean> =>
  new Promise((resolve) => {
    const text = JSON.stringify({ email: addressOf(n), firstName: 'Ada', consent: 'yes' });
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
    const call = request(
      new URL('/v1/forms/demo-request', url),
      { method: 'POST', agent, headers },
      (response) => {
        response.resume();
        response.on('end', () => resolve(Math.floor((response.statusCode ?? 500) / 100) === 2));
      },
    );
    call.on('error', () => resolve(false));
    call.end(text);
  });

const begin = Date.now() + 200;
const plannedAt = (n: number): number => begin + (1000 * n) / Number(perSecond);
const answers: number[] = [];
let refused = 0;
const arrive = async (n: number): Promise<void> => {
  await setTimeout(Math.max(0, plannedAt(n) - Date.now()));
  if (!(await post(n))) refused++;
  answers.push(Date.now() - plannedAt(n));
};

const firstSends = async (): Promise<Map<string, number>> => {
  const outbox = (await (await fetch(new URL('/local/outbox', url))).json()) as { at: string; to: string }[];
  return new Map(outbox.map(({ at, to }) => [to, Date.parse(at)]));
};

/** Asked seldom: showing the outbox takes the world's time too. */
const untilSent = async (): Promise<number[]> => {
  const all = Array.from({ length: total }, (_, n) => n);
  for (let i = 0; ; i++) {
    await setTimeout(2_000);
    const sent = await firstSends();
    const waits = all.flatMap((n) => {
      const at = sent.get(addressOf(n));
      return at === undefined ? [] : [at - plannedAt(n)];
    });
    if (waits.length >= total - refused || i === 30) return waits;
  }
};

await Promise.all(Array.from({ length: total }, (_, n) => arrive(n)));
const waits = await untilSent();
agent.destroy();
const at = (values: readonly number[], q: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? Number.NaN;
const result: FirstSends = {
  ...{ posted: total, refused, unsent: total - refused - waits.length },
  ...{ answerP99: at(answers, 0.99), sendP50: at(waits, 0.5), sendP99: at(waits, 0.99) },
};
console.log(JSON.stringify(result));
