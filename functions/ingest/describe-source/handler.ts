import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { type HttpAnswer, json } from '#http/answer';
import { httpHandler } from '#http/handler';
import { type HttpRequest, parameter } from '#http/request';
import { Refusal } from '#kernel/errors';
import { createCatalogue } from '#store/catalogue/catalogue';
import { openStore } from '#store/store';
import { isWriteKey } from '../write-key.ts';

/**
 * What `@segment/analytics-next` asks its `cdnURL` before it sends anything. So a site changes the
 * write key and this one address: where events go follows from the answer.
 */
const sourceOf = (apiKey: string, baseUrl: string) => {
  const { protocol, host, pathname } = new URL(baseUrl);
  return {
    integrations: {
      'Segment.io': {
        apiKey,
        apiHost: `${host}${pathname.replace(/\/$/, '')}/v1`,
        protocol: protocol.slice(0, -1),
        retryQueue: true,
      },
    },
    plan: { track: { __default: { enabled: true } } },
    enabledMiddleware: {},
    // The library's counters of itself: nobody reads them here.
    metrics: { sampleRate: 0 },
    legacyVideoPluginsEnabled: false,
    remotePlugins: [],
  };
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  const catalogue = createCatalogue(store);
  const describe = async (request: HttpRequest): Promise<HttpAnswer> => {
    // Any page may ask: the key is in its sources, and nothing else is told.
    request.answerHeaders['access-control-allow-origin'] = '*';
    const key = parameter(request, 'writeKey');
    if (!(await isWriteKey(catalogue, key)))
      throw new Refusal(404, 'unknown-write-key', 'No website of this client has this write key.');
    return json(200, sourceOf(key, context.settings.baseUrl), { 'cache-control': 'public, max-age=300' });
  };
  return httpHandler(context, { store }, describe);
};
