import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** `busy`: 429 with a second's pause. `down`: 503. `lost`: taken, and the line dies before the answer. */
export type Fault = 'busy' | 'down' | 'lost';

export interface FlakyDoor {
  url: string;
  /** What the next posts meet, one each; afterwards all goes well. */
  faults: Fault[];
  /** Posts that came, with what they met. */
  seen: (Fault | number)[];
  close(): Promise<void>;
}

const hopHeaders = new Set(['connection', 'transfer-encoding', 'content-length', 'host', 'keep-alive']);

const forward = async (request: IncomingMessage, target: string) => {
  const headers = Object.entries(request.headers).flatMap(([name, value]) =>
    hopHeaders.has(name) || value === undefined ? [] : [[name, String(value)] as [string, string]],
  );
  const body = request.method === 'GET' ? {} : { body: new Uint8Array(await buffer(request)) };
  return fetch(target + request.url, {
    method: request.method ?? 'GET',
    headers,
    redirect: 'manual',
    ...body,
  });
};

const refuse = (request: IncomingMessage, response: ServerResponse, fault: 'busy' | 'down'): void => {
  const cors = {
    'access-control-allow-origin': request.headers.origin ?? '*',
    'access-control-expose-headers': 'retry-after',
  };
  request.resume();
  if (fault === 'busy') response.writeHead(429, { ...cors, 'retry-after': '1' });
  else response.writeHead(503, cors);
  response.end();
};

/** A line to the front door on which posts fail as told. */
export const openFlakyDoor = async (target: string): Promise<FlakyDoor> => {
  const faults: Fault[] = [];
  const seen: (Fault | number)[] = [];
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const fault = request.method === 'POST' ? faults.shift() : undefined;
    if (fault) seen.push(fault);
    if (fault === 'busy' || fault === 'down') return refuse(request, response, fault);
    const answer = await forward(request, target);
    if (fault === 'lost') return void response.destroy();
    if (request.method === 'POST') seen.push(answer.status);
    const headers = [...answer.headers].filter(
      ([name]) => !hopHeaders.has(name) && name !== 'content-encoding',
    );
    response.writeHead(answer.status, Object.fromEntries(headers));
    response.end(new Uint8Array(await answer.arrayBuffer()));
  };
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    seen,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
