import { Refusal } from '#kernel/errors';
import { findToken, hashToken } from '#store/catalogue/tokens';
import type { Store } from '#store/store';
import type { HttpRequest } from './request.ts';

const refuse = (message: string): never => {
  throw new Refusal(401, 'unauthorized', message, {
    headers: { 'www-authenticate': 'Bearer realm="wayleaf"' },
  });
};

/** Tokens are kept as SHA-256 only, so looking one up compares no secret byte by byte. */
export const requireToken = async (store: Store, request: HttpRequest): Promise<void> => {
  const [, token] = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(request.headers.authorization ?? '') ?? [];
  if (token === undefined)
    return refuse('Send "Authorization: Bearer TOKEN" with an administrator\'s token.');
  if (!(await findToken(store, hashToken(token)))) refuse('This token is not known, or was withdrawn.');
};

/** The user name of `Authorization: Basic` (RFC 7617), where Segment's libraries put the write key. */
export const basicUser = (request: HttpRequest): string | undefined => {
  const [, encoded] = /^Basic ([A-Za-z0-9+/=]{1,512})$/i.exec(request.headers.authorization ?? '') ?? [];
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString().split(':', 1)[0];
};
