import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { type HttpAnswer, json } from '#http/answer';
import { jsonBodyOf } from '#http/body';
import { httpHandler } from '#http/handler';
import { describeError } from '#http/problem';
import type { HttpRequest } from '#http/request';
import { durationMs } from '#kernel/durations';
import { copyLinkKeys } from '#store/catalogue/copy-keys';
import { listLinkKeys, rotateLinkKeys } from '#store/catalogue/rotate-keys';
import { openStore, type Store } from '#store/store';
import { rotationSchema } from './body.ts';

const wishOf = (request: HttpRequest) =>
  request.body.byteLength === 0 ? rotationSchema.parse({}) : jsonBodyOf(request, rotationSchema);

const rotate = async (context: FunctionContext, store: Store, request: HttpRequest): Promise<HttpAnswer> => {
  const { oldFor, leaked } = wishOf(request);
  const keys = await rotateLinkKeys(store, { oldForMs: durationMs(oldFor), leaked });
  const copied = await copy(context, store);
  context.log.info('link-keys-rotated', { keys: keys.length, leaked, copied });
  return json(200, { keys, copied });
};

/** The rotation stands, and the sweep tries again. */
const copy = async (context: FunctionContext, store: Store): Promise<boolean> => {
  try {
    return await copyLinkKeys(store, context);
  } catch (error) {
    context.log.error('link-keys-not-copied', describeError(error));
    return false;
  }
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  return httpHandler(
    context,
    { store },
    {
      'GET /v1/keys': async () => json(200, await listLinkKeys(store)),
      'POST /v1/keys/rotate': (request) => rotate(context, store, request),
    },
  );
};
