import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { empty, type HttpAnswer, json } from '#http/answer';
import { etag, requireMatch } from '#http/etag';
import { httpHandler } from '#http/handler';
import { type HttpRequest, parameter } from '#http/request';
import { Refusal } from '#kernel/errors';
import { eraseContact } from '../erasing/erase.ts';
import { openServices, type Services } from '../services.ts';

/** The HTTP API waits 30 seconds; a history that takes longer is removed by the sweep. */
const longestMs = 20_000;

const erase = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const id = parameter(request, 'id');
  const startedAt = services.store.clock.now();
  const result = await eraseContact(services, id, {
    check: ({ rev }) => requireMatch(request, etag(rev)),
    isLate: () => services.store.clock.now() - startedAt > longestMs,
  });
  if (result === 'unknown') throw new Refusal(404, 'unknown-contact', 'There is no contact of this id.');
  services.context.log.info('contact-erased', { contact: id, result });
  return result === 'erased' ? empty(204) : json(202, { contact: id, state: 'under-way' });
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const services = openServices(context);
  return httpHandler(context, { store: services.store }, (request) => erase(services, request));
};
