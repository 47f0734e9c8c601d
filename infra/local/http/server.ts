import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Background } from '../lambda/background.ts';
import { answerHttp, isAwsRequest } from '../wire/http.ts';
import type { Services } from '../wire/model.ts';
import { createDoor, type Door } from './door.ts';
import { type Answer, answerProblem, type Request, refuse } from './exchange.ts';
import { isFromThisMachine, isLoopback } from './loopback.ts';
import type { Dispatch } from './routes.ts';

export interface ServerOptions {
  /** Functions by their routes. */
  dispatch: Dispatch;
  /** `/local/…` */
  local: Dispatch;
  /** What SDKs may ask, at `/` and `/aws`. */
  services: Services;
  /** The same of SES's second API, at `/v2/email` and `/aws/v2/email`. */
  sesV2: Dispatch;
  /** Called around each request to a function, and for each crowd of new connections, so that work in the background can give way. */
  priority?: Pick<Background, 'enter' | 'leave' | 'quietFor'>;
}

export interface ListenOptions {
  /** 0 picks a free one. */
  port: number;
  host?: string;
  /** Must be true for a `host` that others can reach. */
  beyondLoopback?: boolean;
}

export interface Listening {
  url: string;
  close(): Promise<void>;
}

/** API Gateway's limit. */
const maxBodyBytes = 10 * 1024 * 1024;

export const listen = async (
  options: ServerOptions,
  { port, host = '127.0.0.1', beyondLoopback = false }: ListenOptions,
): Promise<Listening> => {
  if (!isLoopback(host) && !beyondLoopback)
    throw new Error(
      `Refusing to listen on ${host}: others could reach the world there, and it has no encryption. Say so explicitly to do it.`,
    );
  const door = createDoor(options.priority?.quietFor);
  const handle = createHandler(options, door);
  const server = createServer({ requestTimeout: 60_000, keepAliveTimeout: 30_000 }, (request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  server.on('connection', door.enter);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${name}:${address.port}`,
    close: async () => {
      server.closeIdleConnections();
      const closed = new Promise((resolve) => server.close(resolve));
      setTimeout(() => server.closeAllConnections(), 1000).unref();
      await closed;
    },
  };
};

type Headers = Record<string, string>;

const createHandler = ({ dispatch, local, services, sesV2, priority }: ServerOptions, door: Door) => {
  const answerAws = answerHttp(services);
  return async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', url = '/' } = incoming;
    const path = url.split('?', 1)[0]!;
    const headers = incoming.headers as Headers;
    // Whoever hangs up while others come in has no address later.
    const sourceIp = incoming.socket.remoteAddress ?? '';
    const isAws = isAwsRequest(method, path, headers);
    const isSesV2 = /^(?:\/aws)?\/v2\/email(?:\/|$)/.test(path);
    const isOurs = isAws || isSesV2 || path === '/local' || path.startsWith('/local/');
    if (isOurs && !isFromThisMachine(incoming))
      return send(incoming, response, refuse(403, 'not-from-here', 'Only this machine may ask that.'));
    if (isAws) return answerAws(incoming, response);
    if (!isOurs) {
      priority?.enter();
      response.once('close', () => priority?.leave());
    }
    const body = await readBody(incoming);
    if (!body) return refuseBody(incoming, response);
    await door.untilAllIn();
    const request: Request = { method, url, headers: joined(headers), body, sourceIp };
    const route = isSesV2 ? sesV2 : isOurs ? local : dispatch;
    send(incoming, response, await route(request).catch(answerProblem));
  };
};

// Node keeps `set-cookie` apart, which no request should carry.
const joined = (headers: Record<string, string | string[]>): Headers => {
  if (headers['set-cookie'] === undefined) return headers as Headers;
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
};

const nothing = new Uint8Array();

/** Undefined when it is too large; the rest is then not read. Listeners, because `for await` costs more than the rest of the way. */
const readBody = (request: IncomingMessage): Promise<Uint8Array | undefined> => {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  if (length === undefined && encoding === undefined) return Promise.resolve(nothing);
  if (Number(length) > maxBodyBytes) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    request.on('data', (chunk: Uint8Array) => {
      bytes += chunk.byteLength;
      if (bytes > maxBodyBytes) resolve(undefined);
      else chunks.push(chunk);
    });
    request.once('end', () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
    request.once('close', () => reject(new Error('The caller hung up.')));
  });
};

/** What is still on its way is thrown away for a moment: a line that goes dead at once loses the answer too. */
const refuseBody = (request: IncomingMessage, response: ServerResponse): void => {
  send(request, response, refuse(413, 'body-too-large', 'A body may be at most 10 MB.'));
  request.resume();
  const patience = setTimeout(() => request.destroy(), 2_000).unref();
  request.once('close', () => clearTimeout(patience));
};

const send = (
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: Answer,
): void => {
  const bytes = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
  const bodiless = status === 204 || status === 304;
  response.writeHead(status, bodiless ? { ...headers } : { ...headers, 'content-length': bytes });
  response.end(request.method === 'HEAD' || bodiless ? undefined : body);
};
