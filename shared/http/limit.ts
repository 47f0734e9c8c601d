import { isIPv6 } from 'node:net';
import { durationMs } from '#kernel/durations';
import { Refusal } from '#kernel/errors';
import type { Client } from '#model/client';
import type { Limit } from '#model/limits';
import { type Counted, Limiter } from '#store/contacts/limits';
import type { Store } from '#store/store';
import type { HttpRequest } from './request.ts';

/** The first four groups: a household or a server has a /64, and all addresses in it. */
const network = (ip: string): string => {
  const [head = '', tail = ''] = ip.toLowerCase().split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const missing = ip.includes('::') ? 8 - groups(head).length - groups(tail).length : 0;
  const all = [...groups(head), ...Array.from({ length: Math.max(0, missing) }, () => '0'), ...groups(tail)];
  return all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
};

const isThisMachine = (ip: string): boolean => ip === '::1' || /^(?:::ffff:)?127\./.test(ip);

/**
 * Who asks: the address that the connection came from, or the one that so many proxies of ours say it
 * came from. What a stranger wrote into the header stands further left and is never read.
 */
export const callerOf = ({ ip, headers }: Pick<HttpRequest, 'ip' | 'headers'>, proxies: number): string => {
  const hops = (headers['x-forwarded-for'] ?? '').split(',').map((hop) => hop.trim());
  if (hops.at(-1) === ip) hops.pop();
  const caller = (proxies > 0 && hops.at(-proxies)) || ip;
  return isIPv6(caller) ? network(caller) : caller;
};

const counted = (what: string, who: string, { atMost, per }: Limit): Counted => ({
  ...{ what, who, atMost, perMs: durationMs(per) },
});

export const tooMany = (seconds: number, code: string, message: string): Refusal =>
  new Refusal(429, code, message, { headers: { 'retry-after': String(seconds) } });

/**
 * @param key the write key, or the form
 * @param weight how many events the request brings
 */
export type RequestLimits = (
  request: HttpRequest,
  client: Client,
  { of, key, weight }: { of: 'forms' | 'events'; key: string; weight?: number },
) => Promise<void>;

/** One for each door. Refuses with 429; an ordinary request is counted in memory and costs no call. */
export const createRequestLimits = (store: Store): RequestLimits => {
  const limiter = new Limiter(store);
  return async (request, { limits }, { of, key, weight = 1 }) => {
    const { origin } = request.headers;
    const caller = callerOf(request, limits.proxies);
    const counts = [
      ...(isThisMachine(request.ip) ? [] : [counted(of, caller, limits[of])]),
      ...(origin === undefined ? [] : [counted('origin', origin, limits.origin)]),
      counted('key', key, limits.key),
    ];
    const wait = await limiter.take(counts, weight);
    if (wait !== undefined)
      throw tooMany(wait, 'too-many-requests', `Too many requests. Try again in ${wait} seconds.`);
  };
};
