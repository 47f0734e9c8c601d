import { decision, isAllowed } from './consent.ts';
import { base, key } from './script.ts';
import { readJson, remove, write } from './storage.ts';

export interface Message {
  messageId: string;
  [member: string]: unknown;
}

const collectMs = 300;
const mostWaiting = 200;
/** Of 64 KB that browsers let a page have on its way after it is gone. */
const mostBytes = 50_000;
const mostKeptAlive = 60_000;
const longestPauseMs = 60_000;

/** Stored too, so that a crash or a closed lid loses nothing: the next page goes on with it. */
let queue: Message[] = [];
/** What waits for the visitor's decision lives in the page only. */
let held: (() => Message)[] = [];
let onTheWay: readonly Message[] = [];
let isScheduled = false;
let failures = 0;

const keep = (messages: readonly Message[]): void => {
  queue = messages.slice(-mostWaiting);
  if (queue.length > 0) write('queue', JSON.stringify(queue));
  else remove('queue');
};
const drop = (batch: readonly Message[]): void => keep(queue.filter((message) => !batch.includes(message)));

/** The oldest ones that fit one request; one that is too long goes alone, and the server says so. */
const nextBatch = (but: readonly Message[]): Message[] => {
  let bytes = 0;
  const batch: Message[] = [];
  for (const message of queue.filter((one) => !but.includes(one))) {
    bytes += new Blob([JSON.stringify(message)]).size;
    if (batch.length > 0 && bytes > mostBytes) break;
    batch.push(message);
  }
  return batch;
};

const address = `${base}/v1/batch`;
const bodyOf = (batch: readonly Message[]): Blob =>
  new Blob([JSON.stringify({ writeKey: key, sentAt: new Date().toISOString(), batch })], {
    type: 'text/plain',
  });

const schedule = (ms: number): void => {
  if (!isScheduled) setTimeout(send, ms);
  isScheduled = true;
};

const pauseAfter = (answer: Response | undefined): number =>
  Number(answer?.headers.get('retry-after')) * 1000 || Math.min(longestPauseMs, 500 * 2 ** failures);

/**
 * As text: that is what a page may send to another host without asking it first. What is too long to
 * outlive the page goes without that, or the browser would never send it.
 */
const post = (batch: readonly Message[]): Promise<Response | undefined> => {
  const body = bodyOf(batch);
  const keepalive = body.size < mostKeptAlive;
  return fetch(address, { method: 'POST', credentials: 'omit', keepalive, body }).catch(() => undefined);
};

/** What is refused would be refused again. What failed is sent again, and counts once by its `messageId`. */
const send = async (): Promise<void> => {
  isScheduled = false;
  const batch = nextBatch(onTheWay);
  if (onTheWay.length > 0 || batch.length === 0 || !isAllowed()) return;
  onTheWay = batch;
  const answer = await post(batch);
  const isSettled = answer !== undefined && answer.status < 500 && answer.status !== 429;
  onTheWay = [];
  failures = isSettled ? 0 : failures + 1;
  if (isSettled) drop(batch);
  if (queue.length > 0) schedule(isSettled ? 0 : pauseAfter(answer));
  if (isSettled && answer.status !== 200) console.warn('wayleaf:', await answer.text());
};

/**
 * The page may never come back, so the browser carries the rest. Nobody hears whether that arrived:
 * on a line that failed before, it is kept for the next page as well.
 */
const leave = (): void => {
  if (!isAllowed()) return;
  const carried: Message[] = [];
  for (;;) {
    const batch = nextBatch([...onTheWay, ...carried]);
    if (batch.length === 0) break;
    if (!navigator.sendBeacon(address, bodyOf(batch))) break;
    carried.push(...batch);
  }
  if (navigator.onLine && failures === 0) drop(carried);
};

export const add = (make: () => Message): void => {
  if (isAllowed()) {
    keep([...queue, make()]);
    schedule(collectMs);
  } else if (decision() === 'open') held = [...held, make].slice(-mostWaiting);
};

/** The visitor decided. */
export const release = (): void => {
  const made = held;
  held = [];
  if (isAllowed()) made.forEach(add);
  else keep([]);
};

export const startQueue = (): void => {
  if (isAllowed()) keep(readJson<Message[]>('queue', []));
  if (queue.length > 0) schedule(collectMs);
  addEventListener('pagehide', leave);
  addEventListener('online', () => schedule(0));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') leave();
  });
};
