import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { type HttpAnswer, json } from '#http/answer';
import { basicUser } from '#http/authorize';
import { filledText, jsonBody } from '#http/body';
import { allowOrigin, preflight } from '#http/cors';
import { httpHandler } from '#http/handler';
import { createRequestLimits, type RequestLimits, tooMany } from '#http/limit';
import type { HttpRequest } from '#http/request';
import { Refusal } from '#kernel/errors';
import type { Client } from '#model/client';
import { type Catalogue, createCatalogue } from '#store/catalogue/catalogue';
import { storeArrival } from '#store/contacts/arrivals';
import { openStore, type Store } from '#store/store';
import { requireWriteKey, settingsOf } from '../write-key.ts';
import { type Placed, type Rejected, readBatch, storeBatch, without } from './batch.ts';
import { type BatchText, readBatchText } from './batch-text.ts';
import { type CallType, callOf, paths } from './calls.ts';
import { eventOfCall, type Reading, type Refused } from './event-of-call.ts';
import { floodedAddresses } from './newcomers.ts';

/** Segment's limits; its libraries keep to them, and take 400 for "do not send this again". */
const maxEventBytes = 32 * 1024;
const maxBatchBytes = 500 * 1024;

interface Services {
  store: Store;
  catalogue: Catalogue;
  context: FunctionContext;
  limit: RequestLimits;
}
type Body = Record<string, unknown>;

interface Given extends Pick<BatchText, 'unreadable'> {
  body: Body;
}

const readBody = (request: HttpRequest, type: CallType | 'batch'): Given => {
  const maxBytes = type === 'batch' ? maxBatchBytes : maxEventBytes;
  if (request.body.length > maxBytes)
    throw new Refusal(400, 'too-large', `This may be at most ${maxBytes / 1024} KB.`);
  const { value, unreadable } =
    type === 'batch'
      ? readBatchText(filledText(request, maxBytes), maxBytes)
      : { value: jsonBody(request, maxBytes), unreadable: new Map() };
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Refusal(400, 'invalid-event', 'Send a JSON object.');
  return { body: value as Body, unreadable };
};

/** A batch of many is as much as many requests. */
const weightOf = ({ batch }: Body): number => (Array.isArray(batch) ? Math.max(1, batch.length) : 1);

const writeKeyOf = (request: HttpRequest, body: Body): string | undefined => {
  const inBody = typeof body.writeKey === 'string' ? body.writeKey : undefined;
  return basicUser(request) || request.query.get('writeKey') || inBody;
};

const checkOrigin = ({ context }: Services, request: HttpRequest, client: Client): void =>
  allowOrigin(request, client.origins, context.settings.baseUrl);

const refuseEvent = (refused: readonly Refused[]): never => {
  const [first] = refused;
  throw new Refusal(400, first?.code ?? 'invalid-event', first?.message ?? '', {
    issues: refused.map((r) => ({ ...r, severity: 'error' })),
  });
};

/** 200 and this body are what Segment's libraries take for done; some insist on the 200. */
const done = (): HttpAnswer => json(200, { success: true });
/** 202: the good ones are kept, and the sender can see which were not. */
const doneInPart = (accepted: number, rejected: readonly object[]): HttpAnswer =>
  json(202, { success: true, accepted, rejected });

const readingOf = ({ store }: Services, { headers }: HttpRequest, { channels }: Client): Reading => ({
  now: store.clock.now(),
  country: channels.sms?.country,
  origin: headers.origin,
});

const tooManyAddresses = 'Too many new addresses of one mailbox. Try again later.';

const floodOf = (events: readonly Placed[], flooded: ReadonlyMap<string, number>): Rejected[] =>
  events
    .filter(({ identities }) => identities.some(({ kind, value }) => kind === 'email' && flooded.has(value)))
    .map(({ index }) => ({ index, code: 'too-many-addresses', path: '', message: tooManyAddresses }));

const acceptBatch = async (
  services: Services,
  request: HttpRequest,
  given: Given,
  client: Client,
): Promise<HttpAnswer> => {
  const reading = { ...readingOf(services, request, client), maxEventBytes };
  const read = readBatch(given.body, reading, given.unreadable);
  const flooded = await floodedAddresses(services.store, client, read.events);
  const { events, rejected } = without(read.events, read.rejected, floodOf(read.events, flooded));
  if (events.length === 0 && rejected.length > 0)
    throw new Refusal(400, 'no-valid-event', 'No event of the batch can be accepted; see issues.', {
      issues: rejected.map(({ index, ...r }) => ({
        ...r,
        path: `/batch/${index}${r.path}`,
        severity: 'error',
      })),
    });
  const left = await storeBatch(services.store, events);
  const all = without(events, rejected, left);
  return all.rejected.length > 0 ? doneInPart(all.events.length, all.rejected) : done();
};

const accept = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const type = callOf(request.route)!;
  const client = await settingsOf(services.catalogue);
  // First, so that a page of the client may read why the rest is refused.
  checkOrigin(services, request, client);
  const given = readBody(request, type);
  const { body } = given;
  const key = await requireWriteKey(services.catalogue, writeKeyOf(request, body));
  await services.limit(request, client, { of: 'events', key, weight: weightOf(body) });
  if (type === 'batch') return acceptBatch(services, request, given, client);
  const read = eventOfCall(type, body, readingOf(services, request, client));
  if ('refused' in read) return refuseEvent(read.refused);
  const [wait] = (await floodedAddresses(services.store, client, [read])).values();
  if (wait !== undefined) throw tooMany(wait, 'too-many-addresses', tooManyAddresses);
  await storeArrival(services.store, read.identities, read.draft);
  return done();
};

const allow = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  checkOrigin(services, request, await settingsOf(services.catalogue));
  return preflight('POST');
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  const services: Services = {
    ...{ store, context, catalogue: createCatalogue(store) },
    limit: createRequestLimits(store),
  };
  const routes = paths.flatMap((path) => [
    [`POST ${path}`, (request: HttpRequest) => accept(services, request)] as const,
    [`OPTIONS ${path}`, (request: HttpRequest) => allow(services, request)] as const,
  ]);
  return httpHandler(context, { store }, Object.fromEntries(routes));
};
