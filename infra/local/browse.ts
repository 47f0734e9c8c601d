import type { Answer } from './http/exchange.ts';
import type { Dispatch } from './http/routes.ts';

/** A request as tests and the world itself make it, without a socket. */
export interface HttpRequest {
  method?: string;
  /** With the query. */
  path: string;
  headers?: Readonly<Record<string, string>>;
  /** An object goes as JSON. */
  body?: string | Uint8Array | object;
}

export interface HttpReply {
  status: number;
  headers: Readonly<Record<string, string | string[]>>;
  text: string;
  bytes: Uint8Array;
  /** Throws when the body is not JSON. */
  json<T = unknown>(): T;
}

export const browse = async (dispatch: Dispatch, request: HttpRequest): Promise<HttpReply> => {
  const { method = 'GET', path, body } = request;
  const asJson = body !== undefined && typeof body !== 'string' && !(body instanceof Uint8Array);
  const headers: Record<string, string> = {
    host: '127.0.0.1',
    ...(asJson ? { 'content-type': 'application/json' } : {}),
    ...request.headers,
  };
  const bytes =
    typeof body === 'string' || asJson ? Buffer.from(asJson ? JSON.stringify(body) : (body as string)) : body;
  const sent = {
    method,
    url: path,
    headers,
    body: (bytes as Uint8Array | undefined) ?? new Uint8Array(),
    sourceIp: '127.0.0.1',
  };
  return replyOf(await dispatch(sent));
};

const replyOf = ({ status, headers, body }: Answer): HttpReply => {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const text = new TextDecoder().decode(bytes);
  return { status, headers, bytes, text, json: () => JSON.parse(text) };
};
