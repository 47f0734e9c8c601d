import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createWire, type WireRequest } from './answer.ts';
import type { Services } from './model.ts';

/** SigV4 is accepted unchecked: who reaches loopback is the machine's own user. */
export const answerHttp = (
  services: Services,
): ((request: IncomingMessage, response: ServerResponse) => Promise<void>) => {
  const answer = createWire(services);
  return async (request, response) => {
    const body = await readBody(request);
    if (!body) return void response.writeHead(413, { connection: 'close' }).end();
    const headers = request.headers as WireRequest['headers'];
    const { statusCode, headers: answered, body: output } = await answer({ headers, body });
    response.writeHead(statusCode, answered).end(output);
  };
};

/** The largest request of any of the services, 16 MB of a batch, and its writing as JSON. */
const mostBytes = 24 * 1024 * 1024;

const readBody = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Uint8Array).length;
    if (bytes > mostBytes) return undefined;
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks);
};

/** Is this a request of an SDK rather than one for the product? Both may come to `/`. */
export const isAwsRequest = (method: string, path: string, headers: WireRequest['headers']): boolean =>
  method === 'POST' &&
  (path === '/' || path === '/aws' || path === '/aws/') &&
  (headers['x-amz-target'] !== undefined ||
    (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded'));

/** The services alone, on a free port of loopback. */
export const serveWire = async (
  services: Services,
  port = 0,
): Promise<{ url: string; close(): Promise<void> }> => {
  const answer = answerHttp(services);
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.destroy(error));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
};
