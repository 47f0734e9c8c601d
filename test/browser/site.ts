import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Site {
  url: string;
  /** By path, set anew by each test; what is not there is an empty page. */
  pages: Record<string, string>;
  /** Bodies that were posted to the site itself. */
  posts: string[];
  close(): Promise<void>;
}

const typeOf = (path: string): string =>
  path.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8';

/** A customer's website on this machine. */
export const openSite = async (): Promise<Site> => {
  const pages: Record<string, string> = {};
  const posts: string[] = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://site').pathname;
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      if (request.method === 'POST') posts.push(body);
      response.writeHead(200, { 'content-type': typeOf(path) });
      response.end(pages[path] ?? `<!doctype html><title>${path.slice(1)}</title>`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pages,
    posts,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
