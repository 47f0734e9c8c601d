import type { FunctionRecord, HttpTrigger } from '#aws/function-record';
import { Refusal } from '#kernel/errors';
import { mayAct, type Role } from '#model/role';
import { findToken, hashToken } from '#store/catalogue/tokens';
import type { Store } from '#store/store';
import type { Caller, HttpRequest } from './request.ts';

/** The route as the function's record has it. */
export const triggerOf = ({ triggers }: FunctionRecord, route: string): HttpTrigger | undefined =>
  triggers
    .filter((trigger) => trigger.kind === 'http')
    .find(({ method, path }) => `${method} ${path}` === route);

const unauthorized = (message: string): Refusal =>
  new Refusal(401, 'unauthorized', message, {
    headers: { 'www-authenticate': 'Bearer realm="wayleaf"' },
  });

/** Tokens are kept as SHA-256 only, so looking one up compares no secret byte by byte. */
export const callerOf = async (store: Store, request: HttpRequest): Promise<Caller> => {
  const [, token] = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(request.headers.authorization ?? '') ?? [];
  if (token === undefined) throw unauthorized('Send "Authorization: Bearer TOKEN" with a token of this API.');
  const found = await findToken(store, hashToken(token));
  // One answer for a wrong token, one that has ended and one of another client.
  if (!found) throw unauthorized('This token is not known here, has ended, or was withdrawn.');
  const { id, name, role, validUntil } = found;
  return { id, name, role, ...(validUntil === undefined ? {} : { validUntil }) };
};

export const isAllowed = ({ role }: Caller, { access }: Pick<HttpTrigger, 'access'>): boolean =>
  access === 'public' || mayAct(role, access);

export const forbidden = ({ role }: Caller, { access }: Pick<HttpTrigger, 'access'>): Refusal =>
  new Refusal(
    403,
    'forbidden',
    `This takes the role ${access}; your token has the role ${role}. Ask an admin for a token that may.`,
  );

/** For a public route on which somebody with a token may do more. */
export const requireRole = async (store: Store, request: HttpRequest, access: Role): Promise<Caller> => {
  const caller = await callerOf(store, request);
  if (!isAllowed(caller, { access })) throw forbidden(caller, { access });
  return caller;
};

/** The user name of `Authorization: Basic` (RFC 7617), where Segment's libraries put the write key. */
export const basicUser = (request: HttpRequest): string | undefined => {
  const [, encoded] = /^Basic ([A-Za-z0-9+/=]{1,512})$/i.exec(request.headers.authorization ?? '') ?? [];
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString().split(':', 1)[0];
};
