import type * as z from 'zod';
import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { empty, type HttpAnswer, json } from '#http/answer';
import { jsonBodyOf } from '#http/body';
import { httpHandler } from '#http/handler';
import { callerIn, type HttpRequest, parameter } from '#http/request';
import { durationMs } from '#kernel/durations';
import { listUses } from '#store/audit';
import {
  addToken,
  listTokens,
  type MadeToken,
  revokeToken,
  rotateToken,
} from '#store/catalogue/token-changes';
import { openStore, type Store } from '#store/store';
import { type meSchema, newTokenSchema, tokenRotationSchema, type tokensSchema } from './schemas.ts';

const shown = (status: number, { token, secret }: MadeToken): HttpAnswer =>
  json(status, { ...token, token: secret });

const msOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : durationMs(text);

const list = async (store: Store): Promise<HttpAnswer> => {
  const [tokens, uses] = await Promise.all([listTokens(store), listUses(store)]);
  const shownAll = tokens.map((token) => {
    const lastUsed = uses.get(token.id);
    return { ...token, ...(lastUsed === undefined ? {} : { lastUsed }) };
  });
  return json(200, { tokens: shownAll } satisfies z.output<typeof tokensSchema>);
};

const add = async (store: Store, request: HttpRequest): Promise<HttpAnswer> => {
  const { name, role, validFor } = jsonBodyOf(request, newTokenSchema);
  const by = callerIn(request).name;
  const made = await addToken(store, { name, role, validForMs: msOf(validFor), by });
  request.about(`tokens/${made.token.id}`);
  return shown(201, made);
};

const wishOf = (request: HttpRequest) =>
  request.body.byteLength === 0 ? tokenRotationSchema.parse({}) : jsonBodyOf(request, tokenRotationSchema);

const rotate = async (store: Store, request: HttpRequest): Promise<HttpAnswer> => {
  const { oldFor, leaked, validFor } = wishOf(request);
  const rotation = { oldForMs: leaked ? 0 : durationMs(oldFor), validForMs: msOf(validFor) };
  return shown(200, await rotateToken(store, parameter(request, 'id'), rotation));
};

const revoke = async (store: Store, request: HttpRequest): Promise<HttpAnswer> => {
  await revokeToken(store, parameter(request, 'id'));
  return empty(204);
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  const { client } = context.settings;
  return httpHandler(
    context,
    { store },
    {
      'GET /v1/me': (request) =>
        json(200, { ...callerIn(request), client } satisfies z.output<typeof meSchema>),
      'GET /v1/tokens': () => list(store),
      'POST /v1/tokens': (request) => add(store, request),
      'POST /v1/tokens/{id}/rotate': (request) => rotate(store, request),
      'DELETE /v1/tokens/{id}': (request) => revoke(store, request),
    },
  );
};
