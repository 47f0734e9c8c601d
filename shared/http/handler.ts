import middy from '@middy/core';
import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import type { FunctionRecord, HttpTrigger } from '#aws/function-record';
import { Refusal } from '#kernel/errors';
import { openStore, type Store } from '#store/store';
import { type HttpAnswer, toGateway } from './answer.ts';
import { triggerOf } from './authorize.ts';
import { createDoor, type Entered } from './door.ts';
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

/** What is known of a request while it is under way. */
interface UnderWay {
  request: HttpRequest;
  entered?: Entered;
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
  const underWay = new WeakMap<Call, UnderWay>();
  const door = createDoor(context, options.store ?? openStore(context));

  const read = (call: Call): void => {
    const request = readRequest(call.event);
    underWay.set(call, { request });
    call.event = request;
  };
  const letIn = async (call: Call): Promise<void> => {
    const request = call.event as HttpRequest;
    const trigger = triggerIn(context.record, request);
    if (trigger.access === 'public') return;
    await door.enter(request, trigger, (entered) => {
      underWay.set(call, { request, entered });
      call.event = { ...request, caller: entered.caller, about: entered.about };
    });
  };
  const give = async (call: Call, answer: HttpAnswer): Promise<void> => {
    const { request, entered } = underWay.get(call) ?? {};
    const isKept = (await entered?.leave(answer.status)) ?? true;
    const given = isKept ? answer : problemOf(notShown(), '');
    call.response = toGateway(given, request?.answerHeaders, request?.method);
  };
  const answer = (call: Call): Promise<void> => give(call, call.response as HttpAnswer);
  const refuse = (call: Call): Promise<void> => {
    const { request } = underWay.get(call) ?? {};
    if (!(call.error instanceof Refusal) || call.error.status >= 500)
      context.log.error('http-failed', {
        request: request?.id,
        route: request?.route,
        ...describeError(call.error),
      });
    const shown =
      request && call.error instanceof Refusal ? options.showRefusal?.(call.error, request) : undefined;
    return give(call, shown ?? problemOf(call.error, request?.id ?? ''));
  };

  const handler = middy(async (event: unknown) => pick(work, event as HttpRequest)(event as HttpRequest))
    .use({ before: read, after: answer, onError: refuse })
    .use({ before: letIn });
  return handler as unknown as LambdaHandler;
};

/** A route that the record has not is treated as the strictest that it has. */
const triggerIn = (record: FunctionRecord, { route, method, path }: HttpRequest): HttpTrigger => {
  const isPublic = record.triggers.every((trigger) => trigger.kind !== 'http' || trigger.access === 'public');
  const unknown = { kind: 'http', method: method as HttpTrigger['method'], path } as const;
  return triggerOf(record, route) ?? { ...unknown, access: isPublic ? 'public' : 'admin' };
};

const notShown = (): Refusal =>
  new Refusal(
    503,
    'not-kept',
    'It cannot be kept just now who looks at this, so it is not shown. Try again.',
    {
      headers: { 'retry-after': '5' },
    },
  );
