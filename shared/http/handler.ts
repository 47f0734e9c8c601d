import middy from '@middy/core';
import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { Refusal } from '#kernel/errors';
import { openStore, type Store } from '#store/store';
import { type HttpAnswer, toGateway } from './answer.ts';
import { authorize } from './authorize.ts';
import { describeError, problemOf } from './problem.ts';
import { type HttpRequest, readRequest } from './request.ts';

export type HttpWork = (request: HttpRequest) => HttpAnswer | Promise<HttpAnswer>;

export interface HttpOptions {
  /** Opened by the handler unless the work shares one. */
  store?: Store;
  /** Another form for a refusal, as a page for people; undefined leaves it as problem+json. */
  showRefusal?: (refusal: Refusal, request: HttpRequest) => HttpAnswer | undefined;
}

interface Call {
  event: unknown;
  response?: unknown;
  error?: unknown;
}

const pick = (work: HttpWork | Readonly<Record<string, HttpWork>>, request: HttpRequest): HttpWork => {
  const chosen = typeof work === 'function' ? work : work[request.route];
  if (!chosen) throw new Refusal(404, 'unknown-route', 'There is nothing at this address.');
  return chosen;
};

/**
 * The chain around every HTTP function: reads API Gateway's event, lets in whom the function's record
 * lets in, turns a `Refusal` into problem+json and any other error into a 500 that tells nothing.
 * @param work one work, or one for each route key (`GET /v1/contacts/{id}`)
 */
export const httpHandler = (
  context: FunctionContext,
  options: HttpOptions,
  work: HttpWork | Readonly<Record<string, HttpWork>>,
): LambdaHandler => {
  const requests = new WeakMap<Call, HttpRequest>();
  const requestOf = (call: Call): HttpRequest | undefined => requests.get(call);
  const store = options.store ?? openStore(context);

  const read = (call: Call): void => {
    const request = readRequest(call.event);
    requests.set(call, request);
    call.event = request;
  };
  const letIn = async (call: Call): Promise<void> => {
    const request = call.event as HttpRequest;
    const caller = await authorize(store, context.record, request);
    if (caller) call.event = { ...request, caller };
  };
  const answer = (call: Call): void => {
    const request = requestOf(call);
    call.response = toGateway(call.response as HttpAnswer, request?.answerHeaders, request?.method);
  };
  const refuse = (call: Call): void => {
    const request = requestOf(call);
    if (!(call.error instanceof Refusal) || call.error.status >= 500)
      context.log.error('http-failed', {
        request: request?.id,
        route: request?.route,
        ...describeError(call.error),
      });
    const shown =
      request && call.error instanceof Refusal ? options.showRefusal?.(call.error, request) : undefined;
    const refused = shown ?? problemOf(call.error, request?.id ?? '');
    call.response = toGateway(refused, request?.answerHeaders, request?.method);
  };

  const handler = middy(async (event: unknown) => pick(work, event as HttpRequest)(event as HttpRequest))
    .use({ before: read, after: answer, onError: refuse })
    .use({ before: letIn });
  return handler as unknown as LambdaHandler;
};
