import type * as z from 'zod';
import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { hear } from '#functions/journeys/hearing/hear';
import { hearMissed } from '#functions/journeys/hearing/hear-missed';
import { openServices, type Services } from '#functions/journeys/services';
import { type HttpAnswer, json } from '#http/answer';
import { httpHandler } from '#http/handler';
import { describeError } from '#http/problem';
import { type HttpRequest, parameter } from '#http/request';
import { Refusal } from '#kernel/errors';
import type { replayedSchema } from '#model/quarantine';
import { dropEvent, eventOfItem, quarantineEvent, readmitEvent } from '#store/contacts/events';
import { listParked, readParked } from '#store/parked';
import { type Item, keyIn } from '#store/table';
import { callAgain, type Replayed } from './call-again.ts';
import { keyOf, payloadOf, viewEntry } from './entry.ts';

const shown = 200;
/** API Gateway waits 30 seconds. */
const longestMs = 20_000;

const found = async ({ store }: Services, request: HttpRequest): Promise<Item> => {
  const item = await readParked(store, keyOf(parameter(request, 'id')));
  if (!item)
    throw new Refusal(404, 'unknown-entry', 'There is nothing of this id in the quarantine (any more).');
  return item;
};

const list = async ({ store }: Services): Promise<HttpAnswer> => {
  const items = await listParked(store, shown + 1);
  return json(200, { entries: items.slice(0, shown).map(viewEntry), more: items.length > shown });
};

const show = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const item = await found(services, request);
  return json(200, { ...viewEntry(item), payload: payloadOf(item) });
};

const failedAgain = (services: Services, item: Item, error: Error): Refusal => {
  services.context.log.error('replay-failed', { kind: item.kind, ...describeError(error) });
  return new Refusal(409, 'failed-again', `It failed again (${error.name}), and stays in the quarantine.`, {
    cause: error,
  });
};

/** As if it had just come. */
const replayEvent = async (services: Services, item: Item): Promise<Replayed> => {
  const { store } = services;
  const { applied: _, reason: __, ...event } = eventOfItem(item);
  const again = { ...eventOfItem(item), state: 'accepted' as const };
  await readmitEvent(store, event.contact, event.id);
  try {
    await hear(services, again);
  } catch (error) {
    await quarantineEvent(store, event.contact, event.id, (error as Error).name);
    throw failedAgain(services, item, error as Error);
  }
  return 'processed';
};

const replayCall = async (services: Services, item: Item): Promise<Replayed> => {
  const replayed = await callAgain(services, String(item.function), payloadOf(item)).catch((error: Error) => {
    throw error instanceof Refusal ? error : failedAgain(services, item, error);
  });
  await services.store.main.remove(keyIn(item));
  return replayed;
};

const replay = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const item = await found(services, request);
  await services.catalogue.renew();
  const status = await (item.kind === 'event' ? replayEvent(services, item) : replayCall(services, item));
  services.context.log.info('quarantine-replayed', { kind: item.kind, status });
  return json(200, { status } satisfies z.input<typeof replayedSchema>);
};

const drop = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const item = await found(services, request);
  const { store } = services;
  if (item.kind === 'event') await dropEvent(store, String(item.contact), String(item.id));
  else await store.main.remove(keyIn(item));
  services.context.log.warn('quarantine-dropped', { kind: item.kind });
  return json(200, { status: 'dropped' });
};

const replayMissed = async (services: Services): Promise<HttpAnswer> => {
  await services.catalogue.renew();
  return json(200, await hearMissed(services, longestMs));
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const services = openServices(context);
  return httpHandler(
    context,
    { store: services.store },
    {
      'GET /v1/quarantine': () => list(services),
      'GET /v1/quarantine/{id}': (request) => show(services, request),
      'POST /v1/quarantine/{id}/replay': (request) => replay(services, request),
      'DELETE /v1/quarantine/{id}': (request) => drop(services, request),
      'POST /v1/replay': () => replayMissed(services),
    },
  );
};
