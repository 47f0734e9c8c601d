import { lookup as systemLookup } from 'node:dns';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { type RequestOptions, request as secureRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { unreachedCodes } from '#kernel/network';
import { isPublicAddress } from './public-address.ts';
import type { Web, WebAnswer, WebRequest } from './web.ts';

export interface WebOptions {
  /** Of names; the system's when left out. */
  lookup?: typeof systemLookup;
  mayReach?: (address: string) => boolean;
  /** Begins a request; `https.request` when left out. */
  transport?: (url: URL, options: RequestOptions) => ClientRequest;
  /** For all hops of one call together. */
  timeoutMs?: number;
  maxBytes?: number;
}
type Settings = Required<WebOptions>;

const usual: Settings = {
  lookup: systemLookup,
  mayReach: isPublicAddress,
  transport: (url, options) => secureRequest(url, options),
  timeoutMs: 8_000,
  maxBytes: 64 * 1024,
};
const maxRedirects = 3;

/** Leaves a call: where it led is no place of the public internet. */
class PrivateAddress extends Error {
  override readonly name = 'PrivateAddress';
}
class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

export const createWeb = (options: WebOptions = {}): Web => {
  const settings = { ...usual, ...options };
  return {
    call: async (request) => {
      const signal = AbortSignal.timeout(settings.timeoutMs);
      try {
        return await follow(settings, request, signal);
      } catch (error) {
        return signal.aborted ? { kind: 'failed', reason: 'timeout' } : failureOf(error);
      }
    },
  };
};

const follow = async (settings: Settings, request: WebRequest, signal: AbortSignal): Promise<WebAnswer> => {
  let asked = request;
  for (let redirects = 0; redirects <= maxRedirects; redirects++) {
    const url = new URL(asked.url);
    if (url.protocol !== 'https:') return { kind: 'refused', reason: 'not-https' };
    const response = await open(settings, url, asked, signal);
    const next = redirected(asked, url, response);
    if (!next)
      return { kind: 'answered', status: response.statusCode ?? 0, body: await read(settings, response) };
    response.destroy();
    asked = next;
  }
  return { kind: 'refused', reason: 'too-many-redirects' };
};

const open = (
  settings: Settings,
  url: URL,
  request: WebRequest,
  signal: AbortSignal,
): Promise<IncomingMessage> => {
  // A literal address is never looked up.
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) && !settings.mayReach(host)) throw new PrivateAddress();
  const { method, headers, body } = request;
  return new Promise((resolve, reject) => {
    const lookup = guarded(settings);
    // No agent: a connection that was kept could lead elsewhere by now.
    const sent = settings.transport(url, { method, headers, lookup, signal, agent: false });
    sent.once('response', resolve).once('error', reject);
    sent.end(body);
  });
};

/** One private address among several is enough: which one is taken is not ours to say. */
const guarded =
  ({ lookup, mayReach }: Settings): LookupFunction =>
  (hostname, options, callback) =>
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) callback(error, '', 0);
      else if (addresses.length === 0 || !addresses.every(({ address }) => mayReach(address)))
        callback(new PrivateAddress(), '', 0);
      else if (options.all) callback(null, addresses);
      else callback(null, addresses[0]!.address, addresses[0]!.family);
    });

const keepsMethod = new Set([307, 308]);
const changesMethod = new Set([301, 302, 303]);

/** As browsers do: 307 and 308 repeat the request, the older ones ask for the page. */
const redirected = (request: WebRequest, from: URL, response: IncomingMessage): WebRequest | undefined => {
  const { statusCode = 0, headers } = response;
  const isRedirect = keepsMethod.has(statusCode) || changesMethod.has(statusCode);
  if (!isRedirect || headers.location === undefined || !URL.canParse(headers.location, from.href))
    return undefined;
  const to = new URL(headers.location, from);
  const url = to.href;
  const kept = to.origin === from.origin ? request.headers : withoutSecrets(request.headers);
  if (keepsMethod.has(statusCode)) return { ...request, url, headers: kept };
  return { url, method: 'GET', headers: withoutContent(kept) };
};

/** What an author wrote for one server is not shown to another. */
const ours: ReadonlySet<string> = new Set([
  'user-agent',
  'accept',
  'content-type',
  'content-length',
  'idempotency-key',
]);
const withoutSecrets = (headers: WebRequest['headers']) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => ours.has(name)));
const withoutContent = (headers: WebRequest['headers']) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('content-')));

const read = async ({ maxBytes }: Settings, response: IncomingMessage): Promise<Uint8Array> => {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > maxBytes) throw new TooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts);
};

const failureOf = (error: unknown): WebAnswer => {
  const { name, code = '', cause } = error as Error & { code?: string };
  if (name === 'PrivateAddress' || (cause as Error | undefined)?.name === 'PrivateAddress')
    return { kind: 'refused', reason: 'private-address' };
  if (name === 'TooLarge') return { kind: 'too-large' };
  if (code === 'ETIMEDOUT') return { kind: 'failed', reason: 'timeout' };
  return { kind: 'failed', reason: unreachedCodes.has(code) ? 'not-reached' : 'broken-off' };
};
