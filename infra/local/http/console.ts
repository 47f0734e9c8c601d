import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { cacheControlOf, commonHeaders, policyOf } from '../../console/headers.ts';
import type { Answer, Request } from './exchange.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};

/** What no function answers: a file of the console, or for people its first page, which knows all its addresses. */
export type Fallback = (request: Request) => Promise<Answer | undefined>;

/** Does what CloudFront does on AWS. @param folder with the built files */
export const serveConsole =
  (folder: string): Fallback =>
  async ({ method, url, headers }) => {
    if (method !== 'GET' && method !== 'HEAD') return undefined;
    const path = pathOf(url);
    if (path === undefined || path.startsWith('/v1/')) return undefined;
    if (extname(path) !== '') return fileAt(folder, path);
    const isForPeople = path === '/' || (headers.accept ?? '').includes('text/html');
    return isForPeople ? fileAt(folder, '/index.html') : undefined;
  };

/** Without the query; undefined where it would lead out of the folder. */
const pathOf = (url: string): string | undefined => {
  try {
    const path = decodeURIComponent(url.split('?', 1)[0]!);
    return normalize(path) === path && !path.includes('\0') ? path : undefined;
  } catch {
    return undefined;
  }
};

const fileAt = async (folder: string, path: string): Promise<Answer | undefined> => {
  const type = types[extname(path)];
  const body = type && (await readFile(join(folder, path)).catch(() => undefined));
  if (!body) return undefined;
  return {
    status: 200,
    headers: {
      ...commonHeaders,
      'content-type': type,
      'content-security-policy': policyOf(path),
      'cache-control': cacheControlOf(path),
    },
    body,
  };
};
