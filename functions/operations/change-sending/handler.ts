import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { resumeSending, stopSending } from '#functions/journeys/pausing/stop-sending';
import { openServices, type Services } from '#functions/journeys/services';
import { type HttpAnswer, json } from '#http/answer';
import { jsonBodyOf } from '#http/body';
import { httpHandler } from '#http/handler';
import type { HttpRequest } from '#http/request';
import { pauseRequestSchema } from '#model/sending-state';
import { viewSending } from '../sending-view.ts';

const wishOf = (request: HttpRequest) =>
  request.body.byteLength === 0 ? {} : jsonBodyOf(request, pauseRequestSchema);

const show = async (services: Services): Promise<HttpAnswer> => {
  await services.catalogue.renew();
  return json(200, await viewSending(services));
};

const pause = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const { channel = 'all', note } = wishOf(request);
  await stopSending(services, channel, { because: 'person', ...(note && { note }) });
  return show(services);
};

const resume = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const { channel = 'all' } = wishOf(request);
  await services.catalogue.renew();
  await resumeSending(services, channel);
  return show(services);
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const services = openServices(context);
  return httpHandler(
    context,
    { store: services.store },
    {
      'GET /v1/sending': () => show(services),
      'POST /v1/sending/pause': (request) => pause(services, request),
      'POST /v1/sending/resume': (request) => resume(services, request),
    },
  );
};
