import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { deleteEndpoint, ensureEndpoint, InvalidDeviceToken } from '#aws/push-endpoints';
import { dropDevice, takeDevice } from '#functions/contacts/devices/devices';
import { type HttpAnswer, json } from '#http/answer';
import { basicUser, requireRole } from '#http/authorize';
import { jsonBodyOf } from '#http/body';
import { allowOrigin, preflight } from '#http/cors';
import { httpHandler } from '#http/handler';
import { createRequestLimits, type RequestLimits } from '#http/limit';
import type { HttpRequest } from '#http/request';
import { Refusal } from '#kernel/errors';
import type { Client } from '#model/client';
import { type Identity, isVisitor } from '#policy/contacts/identity';
import { type Catalogue, createCatalogue } from '#store/catalogue/catalogue';
import { storeArrival } from '#store/contacts/arrivals';
import { getProfileItem } from '#store/contacts/contacts';
import { kindsOf } from '#store/contacts/identities';
import { openStore, type Store } from '#store/store';
import { requireWriteKey, settingsOf } from '../write-key.ts';
import { eventOfDevice, type Registration, registrationSchema, removalSchema } from './device.ts';

interface Services {
  store: Store;
  catalogue: Catalogue;
  context: FunctionContext;
  limit: RequestLimits;
}

interface Asking {
  client: Client;
  /** Whoever may change contacts says whose device it is; else anybody may have. */
  proven: boolean;
}

const authorize = async (
  services: Services,
  request: HttpRequest,
  writeKey: string | undefined,
): Promise<Asking> => {
  const client = await settingsOf(services.catalogue);
  if (/^Bearer /i.test(request.headers.authorization ?? '')) {
    await requireRole(services.store, request, 'publisher');
    return { client, proven: true };
  }
  const given = basicUser(request) || request.query.get('writeKey') || writeKey;
  const key = await requireWriteKey(services.catalogue, given);
  await services.limit(request, client, { of: 'events', key });
  return { client, proven: false };
};

const checkOrigin = async ({ catalogue, context }: Services, request: HttpRequest): Promise<void> =>
  allowOrigin(request, (await settingsOf(catalogue)).origins, context.settings.baseUrl);

const applicationOf = ({ channels }: Client, app: string): string => {
  const apps = channels.push?.apps ?? {};
  if (Object.hasOwn(apps, app)) return apps[app]!;
  const known = Object.keys(apps).map((name) => `"${name}"`);
  throw new Refusal(
    422,
    'unknown-app',
    known.length === 0
      ? 'This client has no app that takes push messages.'
      : `"app" is one of ${known.join(', ')}.`,
  );
};

/** SNS tries once; what it does not take now the app sends again. */
const asked = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof InvalidDeviceToken)
      throw new Refusal(422, 'invalid-token', '"token" is none that this app’s push service gives out.', {
        cause,
      });
    throw new Refusal(503, 'try-later', 'The push service does not answer just now. Send it again later.', {
      headers: { 'retry-after': '30' },
      cause,
    });
  }
};

/** A browser or phone that was somebody's may be anybody's now: only a user id, or nobody known, takes a device. */
const requireOwn = async (store: Store, contact: string, identities: readonly Identity[]): Promise<void> => {
  if (identities.some(({ kind }) => kind === 'userId')) return;
  const profile = await getProfileItem(store, contact);
  if (!profile || isVisitor(kindsOf((profile.identities ?? new Set()) as Set<string>))) return;
  throw new Refusal(409, 'user-id-needed', 'Send the "userId" of whoever uses this device.');
};

const done = (): HttpAnswer => json(200, { success: true });

const register = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const { store, context } = services;
  await checkOrigin(services, request);
  const given: Registration = jsonBodyOf(request, registrationSchema);
  const { client, proven } = await authorize(services, request, given.writeKey);
  const reading = { now: store.clock.now(), origin: request.headers.origin };
  const checked = eventOfDevice(given, '', reading);
  if ('refused' in checked) throw refused(checked.refused);
  const application = applicationOf(client, given.app);
  const endpoint = await asked(ensureEndpoint(context.aws.sns, application, given.token));
  const read = eventOfDevice(given, endpoint, reading);
  if ('refused' in read) throw refused(read.refused);
  const { contact } = await storeArrival(store, read.identities, read.draft);
  if (!proven) await requireOwn(store, contact, read.identities);
  const { app, deviceId } = given;
  const outdated = await takeDevice(store, contact, { endpoint, app, deviceId }, proven);
  for (const old of outdated) await asked(deleteEndpoint(context.aws.sns, old.endpoint));
  return done();
};

const refused = (found: readonly { code: string; path: string; message: string }[]): Refusal =>
  new Refusal(422, found[0]?.code ?? 'invalid-device', found[0]?.message ?? '', {
    issues: found.map((issue) => ({ ...issue, severity: 'error' })),
  });

const remove = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const { store, context } = services;
  await checkOrigin(services, request);
  const given = jsonBodyOf(request, removalSchema);
  const { client } = await authorize(services, request, given.writeKey);
  // The token alone leads to the endpoint: SNS tells it to whoever asks for it anew.
  const endpoint = await asked(
    ensureEndpoint(context.aws.sns, applicationOf(client, given.app), given.token),
  );
  await dropDevice(store, endpoint);
  await asked(deleteEndpoint(context.aws.sns, endpoint));
  return done();
};

const allow = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  await checkOrigin(services, request);
  return preflight('POST, DELETE');
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  const services: Services = {
    ...{ store, context, catalogue: createCatalogue(store) },
    limit: createRequestLimits(store),
  };
  return httpHandler(
    context,
    { store },
    {
      'POST /v1/devices': (request) => register(services, request),
      'DELETE /v1/devices': (request) => remove(services, request),
      'OPTIONS /v1/devices': (request) => allow(services, request),
    },
  );
};
