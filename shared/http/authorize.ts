import type { FunctionRecord } from '#aws/function-record';
import { Refusal } from '#kernel/errors';
import { mayAct, type Role } from '#model/role';
import { findToken, hashToken, type TokenSecret } from '#store/catalogue/tokens';
import type { Store } from '#store/store';
import type { Caller, HttpRequest } from './request.ts';

type HttpTrigger = Extract<FunctionRecord['triggers'][number], { kind: 'http' }>;

/** The route as the function's record has it. One that it has not is treated as the strictest that it has. */
const accessTo = ({ triggers }: FunctionRecord, route: string): HttpTrigger['access'] => {
  const http = triggers.filter((trigger) => trigger.kind === 'http');
  const found = http.find(({ method, path }) => `${method} ${path}` === route);
  return found?.access ?? (http.every(({ access }) => access === 'public') ? 'public' : 'admin');
};

const unauthorized = (message: string): Refusal =>
  new Refusal(401, 'unauthorized', message, {
    headers: { 'www-authenticate': 'Bearer realm="wayleaf"' },
  });

/** Tokens are kept as SHA-256 only, so looking one up compares no secret byte by byte. */
const tokenOf = async (store: Store, request: HttpRequest): Promise<TokenSecret> => {
  const [, token] = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(request.headers.authorization ?? '') ?? [];
  if (token === undefined) throw unauthorized('Send "Authorization: Bearer TOKEN" with a token of this API.');
  const found = await findToken(store, hashToken(token));
  // One answer for a wrong token, one that has ended and one of another client.
  if (!found) throw unauthorized('This token is not known here, has ended, or was withdrawn.');
  return found;
};

const forbidden = (role: Role, needed: Role): Refusal =>
  new Refusal(
    403,
    'forbidden',
    `This takes the role ${needed}; your token has the role ${role}. Ask an admin for a token that may.`,
  );

/** Lets in who has the role. What is asked for is not looked at: the answer is the same whether it exists or not. */
export const requireRole = async (store: Store, request: HttpRequest, needed: Role): Promise<Caller> => {
  const { id, name, role, validUntil } = await tokenOf(store, request);
  if (!mayAct(role, needed)) throw forbidden(role, needed);
  return { id, name, role, ...(validUntil === undefined ? {} : { validUntil }) };
};

/**
 * The one place where it is decided who may come in, before any work.
 * @returns nobody where the route is public
 */
export const authorize = async (
  store: Store,
  record: FunctionRecord,
  request: HttpRequest,
): Promise<Caller | undefined> => {
  const needed = accessTo(record, request.route);
  return needed === 'public' ? undefined : requireRole(store, request, needed);
};

/** The user name of `Authorization: Basic` (RFC 7617), where Segment's libraries put the write key. */
export const basicUser = (request: HttpRequest): string | undefined => {
  const [, encoded] = /^Basic ([A-Za-z0-9+/=]{1,512})$/i.exec(request.headers.authorization ?? '') ?? [];
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString().split(':', 1)[0];
};
