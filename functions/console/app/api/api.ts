import { Problem, problemOf, unreachable } from './problem.ts';

export interface Asked {
  signal?: AbortSignal | undefined;
  /** An object goes as JSON, a text as it stands. */
  body?: unknown;
  /** Of `body` where it is a text. */
  type?: string;
  /** ETag that must still hold. */
  ifMatch?: string | undefined;
}

export interface Answered<T> {
  data: T;
  etag: string | undefined;
  /** Where the next page is (`Link: rel="next"`). */
  next: string | undefined;
}

/** The documented API of our own origin, with the session's token and nothing else. */
export interface Api {
  get<T>(path: string, signal?: AbortSignal): Promise<T>;
  /** @param body asks by POST */
  text(path: string, signal?: AbortSignal, body?: object): Promise<Answered<string>>;
  ask<T>(method: string, path: string, asked?: Asked): Promise<Answered<T>>;
}

export interface ApiOptions {
  token: string;
  fetch: typeof fetch;
  /** The token is not valid any more. */
  onRefused?: () => void;
  /** After each request: did anybody answer it? */
  onTried?: (answered: boolean) => void;
}

export const createApi = ({ token, fetch, onRefused, onTried }: ApiOptions): Api => {
  const send = async (method: string, path: string, asked: Asked): Promise<Response> => {
    const response = await reach(fetch, path, requestOf(method, token, asked)).catch((error: unknown) => {
      if (error instanceof Problem) onTried?.(false);
      throw error;
    });
    onTried?.(true);
    if (response.ok) return response;
    const problem = problemOf(response.status, await response.text().catch(() => ''));
    if (problem.status === 401) onRefused?.();
    throw problem;
  };
  const ask = async <T>(method: string, path: string, asked: Asked = {}): Promise<Answered<T>> => {
    const response = await send(method, path, asked);
    const body = await response.text();
    return { data: (body === '' ? undefined : JSON.parse(body)) as T, ...headersOf(response) };
  };
  return {
    ask,
    get: async <T>(path: string, signal?: AbortSignal) => (await ask<T>('GET', path, { signal })).data,
    text: async (path, signal, body) => {
      const response = await send(body === undefined ? 'GET' : 'POST', path, { signal, body });
      return { data: await response.text(), ...headersOf(response) };
    },
  };
};

const requestOf = (method: string, token: string, { signal, body, type, ifMatch }: Asked): RequestInit => ({
  method,
  headers: {
    authorization: `Bearer ${token}`,
    ...(body === undefined ? {} : { 'content-type': type ?? 'application/json' }),
    ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
  },
  // No cookie and no cache: what is shown is what is.
  credentials: 'omit',
  cache: 'no-store',
  ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  ...(signal ? { signal } : {}),
});

/** What was broken off by us is no fault of the line. */
const reach = async (fetch: ApiOptions['fetch'], path: string, request: RequestInit): Promise<Response> => {
  try {
    return await fetch(path, request);
  } catch (error) {
    if (request.signal?.aborted) throw error;
    throw unreachable();
  }
};

const headersOf = ({ headers }: Response) => ({
  etag: headers.get('etag') ?? undefined,
  next: /<([^>]+)>\s*;\s*rel="?next"?/.exec(headers.get('link') ?? '')?.[1],
});

/** Worth another try by itself: nothing answered, or the server was briefly away. */
export const mayPass = (error: unknown): boolean =>
  error instanceof Problem && (error.status === 0 || error.status === 429 || error.status >= 502);
