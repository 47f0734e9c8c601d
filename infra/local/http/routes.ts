import createRouter, { type HTTPMethod } from 'find-my-way';
import type { Clock } from '#kernel/clock';
import { FunctionFailed, type Functions } from '../lambda/functions.ts';
import type { Fallback } from './console.ts';
import { type Answer, answerJson, answerProblem, type Request, refuse } from './exchange.ts';
import { fromGatewayResult, gatewayEvent } from './gateway.ts';

export type Dispatch = (request: Request) => Promise<Answer>;

/** Lambda takes no larger event of whoever waits for the answer; API Gateway answers 413 to it. */
const mostEventBytes = 6_291_456;
/** Each byte may become six (`\u0000`). */
const isTooLarge = ({ body }: Request, event: object): boolean =>
  body.byteLength > mostEventBytes / 6 - 65_536 && Buffer.byteLength(JSON.stringify(event)) > mostEventBytes;

export interface RoutesOptions {
  functions: Functions;
  clock: Clock;
  account: string;
  /** Asked where no function has a route. */
  fallback?: Fallback | undefined;
}

interface Route {
  functionName: string;
  routeKey: string;
}

/** The `http` triggers of the manifest as API Gateway would serve them, with problem answers for what is not there. */
export const createRoutes = ({ functions, clock, account, fallback }: RoutesOptions): Dispatch => {
  const router = createRouter({ caseSensitive: true, maxParamLength: 8192 });
  const methods = new Set<HTTPMethod>();
  for (const { record, trigger } of functions.triggeredBy('http')) {
    const method = trigger.method as HTTPMethod;
    const route: Route = { functionName: record.name, routeKey: `${method} ${trigger.path}` };
    router.on(method, trigger.path.replace(/\{([A-Za-z0-9]+)\+?\}/g, ':$1'), () => {}, route);
    methods.add(method);
  }

  const find = (method: string, url: string) => {
    try {
      return router.find(method as HTTPMethod, url);
    } catch {
      return null; // a path that is no valid URI
    }
  };
  const nothingAt = async (request: Request): Promise<Answer> => {
    const path = request.url.split('?', 1)[0]!;
    if (path === '/health' && (request.method === 'GET' || request.method === 'HEAD'))
      return answerJson(200, { status: 'ok' });
    const allowed = [...methods].filter((method) => find(method, request.url));
    if (allowed.length === 0)
      return (await fallback?.(request)) ?? refuse(404, 'not-found', 'There is nothing at this address.');
    const allow = allowed.join(', ');
    return refuse(405, 'method-not-allowed', `This address takes ${allow}.`, { allow });
  };

  return async (request) => {
    const found = find(request.method, request.url);
    if (!found) return nothingAt(request);
    const { functionName, routeKey } = found.store as Route;
    const event = gatewayEvent(request, { routeKey, parameters: found.params, now: clock.now(), account });
    if (isTooLarge(request, event))
      return refuse(
        413,
        'body-too-large',
        'A function takes 6 MB, with what text or Base64 adds to the body.',
      );
    try {
      return fromGatewayResult(await functions.invokeDirectly(functionName, event));
    } catch (error) {
      const late = error instanceof FunctionFailed && error.errorType === 'Sandbox.Timedout';
      if (late) return refuse(504, 'timed-out', 'The answer took too long. Try again.');
      return answerProblem(error, event.requestContext.requestId);
    }
  };
};
