import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Issue } from '#kernel/issue';
import { Failure } from './failure.ts';

/** Where the API is and how to enter; shared by every command that talks to it. */
export interface ApiOptions {
  url: string;
  token?: string;
  data?: string;
}

const defaultUrl = 'http://127.0.0.1:4747';

export const withApi = (command: Command): Command =>
  withToken(command.option('--url <url>', 'the API', defaultUrl));

/** For commands that may do without the API. */
export const withToken = (command: Command): Command =>
  command
    .option(
      '--token <token>',
      'of the role that it takes (default: WAYLEAF_ADMIN_TOKEN, else that of the data folder)',
    )
    .option('--data <dir>', 'data folder of the embedded world', '.wayleaf');

interface Problem {
  title?: string;
  detail?: string;
  code?: string;
  issues?: Issue[];
}

/** The API refused; carries its problem answer. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly problem: Problem;
  constructor(status: number, problem: Problem) {
    super(
      `${status} ${problem.code ?? ''} ${problem.detail ?? problem.title ?? ''}`.replace(/\s+/g, ' ').trim(),
    );
    this.status = status;
    this.problem = problem;
  }
}

/** The refusal with all that is wrong, for a terminal. */
export const tellOf = ({ message, problem: { issues = [] } }: ApiError): string =>
  [message, ...issues.map(issueLine)].join('\n');

export const issueLine = (issue: Issue): string => {
  const { severity, code, message, hint } = issue;
  const place = placeOf(issue);
  return `  ${severity} ${code}${place && ` ${place}`} ${message}${hint === undefined ? '' : `\n    = ${hint}`}`;
};

/** In a template a line is one of the body that the path names. */
const placeOf = ({ file, path, line, column }: Issue): string =>
  [...(file === undefined ? [] : [file]), `${path}${line === undefined ? '' : `:${line}:${column}`}`]
    .join(' ')
    .trim();

export interface Exchange {
  text: string;
  headers: Headers;
}

/** As `call`, of any media. */
export const exchange = async (
  options: ApiOptions,
  method: string,
  path: string,
  { body, headers = {} }: { body?: string | Uint8Array<ArrayBuffer>; headers?: Record<string, string> } = {},
): Promise<Exchange> => {
  const address = addressOf(options.url, path);
  const response = await reach(address, {
    method,
    headers: { authorization: `Bearer ${tokenOf(options)}`, ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  if (!response.ok) throw new ApiError(response.status, parse(text) as Problem);
  return { text, headers: response.headers };
};

/** One administrative request. Throws `ApiError` on 4xx and 5xx, with the problem as it came. */
export const call = async (
  options: ApiOptions,
  method: string,
  path: string,
  body?: string,
  headers: Record<string, string> = {},
): Promise<unknown> => {
  const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  const sent = { headers: { ...type, ...headers }, ...(body === undefined ? {} : { body }) };
  return parse((await exchange(options, method, path, sent)).text);
};

/** Told before anything else is missed: with a wrong address no token would help. */
const addressOf = (url: string, path: string): URL => {
  if (/^https?:\/\/./.test(url) && URL.canParse(path, url)) return new URL(path, url);
  throw new Failure(`--url "${url}" is no address. Write one such as ${defaultUrl}.`, 2);
};

const reach = async (address: URL, init: RequestInit): Promise<Response> => {
  try {
    return await fetch(address, init);
  } catch (cause) {
    throw new Error(
      `Nothing answers at ${address.origin}. Start it with "npm start", or name another with --url.`,
      {
        cause,
      },
    );
  }
};

const parse = (text: string): unknown => {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return { detail: text.slice(0, 200) };
  }
};

/** Where it was read from, so that the next command finds it; nowhere when it was handed in. */
export const keepToken = ({ token, data = '.wayleaf' }: ApiOptions, secret: string): void => {
  const kept = join(data, 'admin-token');
  const wasHandedIn = token !== undefined || process.env.WAYLEAF_ADMIN_TOKEN !== undefined;
  if (!wasHandedIn && existsSync(kept)) writeFileSync(kept, `${secret}\n`, { mode: 0o600 });
};

/** `--token`, else WAYLEAF_ADMIN_TOKEN, else the one that the embedded world keeps in its data folder. */
const tokenOf = ({ token, data = '.wayleaf' }: ApiOptions): string => {
  const kept = join(data, 'admin-token');
  const found =
    token ??
    process.env.WAYLEAF_ADMIN_TOKEN ??
    (existsSync(kept) ? readFileSync(kept, 'utf8').trim() : undefined);
  if (!found)
    throw new Failure(
      `No admin token, and none is kept in ${data}. "npm start" prints it; pass --token, set WAYLEAF_ADMIN_TOKEN, or name the data folder of the world with --data.`,
    );
  return found;
};
