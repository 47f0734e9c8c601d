import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { previewMessage } from '#channels/preview';
import { type HttpAnswer, json } from '#http/answer';
import { jsonBodyOf } from '#http/body';
import { httpHandler } from '#http/handler';
import { type HttpRequest, parameter } from '#http/request';
import { createCatalogue } from '#store/catalogue/catalogue';
import { openStore } from '#store/store';
import { orderOf, type Services } from '../previewing/order.ts';
import { type PreviewAnswer, previewSchema } from '../previewing/request.ts';
import { showSent } from './sent.ts';

const maxBytes = 2 * 1024 * 1024;

const show = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const asked = jsonBodyOf(request, previewSchema, maxBytes);
  await services.catalogue.renew();
  const template = parameter(request, 'id');
  const { order, issues } = await orderOf(services, template, asked);
  const shown = await previewMessage(order);
  const seen =
    'skip' in shown
      ? { channel: order.channel, skipped: { reason: shown.skip, detail: shown.detail } }
      : shown.preview;
  return json(200, { template, ...seen, issues: [...issues] } as PreviewAnswer);
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  const services = { store, catalogue: createCatalogue(store), context };
  return httpHandler(
    context,
    { store },
    {
      'POST /v1/templates/{id}/preview': (request) => show(services, request),
      'GET /v1/messages/{id}': async (request) =>
        json(200, await showSent(services, parameter(request, 'id'))),
    },
  );
};
