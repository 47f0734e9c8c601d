import * as z from 'zod';
import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { type HttpAnswer, json } from '#http/answer';
import { jsonBody, jsonBodyOf } from '#http/body';
import { httpHandler } from '#http/handler';
import type { HttpRequest } from '#http/request';
import { iso } from '#kernel/clock';
import { Refusal } from '#kernel/errors';
import { derivedId, newId } from '#kernel/ids';
import type { Contact } from '#model/contact';
import type { ContactEvent } from '#model/event';
import type { JourneyRecord } from '#model/journey';
import { noChange } from '#policy/contacts/contact-change';
import { type Identity, normaliseEmail, normalisePhone } from '#policy/contacts/identity';
import { getContact } from '#store/contacts/contacts';
import { getEvent, putEvent } from '#store/contacts/events';
import { findContactId } from '#store/contacts/identities';
import { readEntries } from '#store/runs/runs';
import { findUnstorable } from '#store/storable';
import { type Entrance, enter } from '../hearing/enter.ts';
import { journeyId } from '../publishing/find-journey.ts';
import { openServices, type Services } from '../services.ts';
import { enrollSegment } from './enroll-segment.ts';
import { findPublished } from './find-published.ts';

const bodySchema = z.strictObject({
  contact: z
    .union([
      z.string().min(1).max(256),
      z.strictObject({ id: z.string().min(1).max(256) }),
      z.strictObject({ email: z.string().min(1).max(256) }),
      z.strictObject({ phone: z.string().min(1).max(64) }),
      z.strictObject({ userId: z.string().min(1).max(256) }),
    ])
    .describe(
      'The id of a contact or its e-mail address, or one of { id }, { email }, { phone }, { userId }',
    ),
  properties: z.record(z.string(), z.json()).default({}).describe('`trigger.properties` of the run'),
});
type Body = z.output<typeof bodySchema>;

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const services = openServices(context);
  return httpHandler(context, { store: services.store }, (request) => enroll(services, request));
};

const isOfSegment = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && Object.hasOwn(body, 'segment');

const enroll = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  await services.catalogue.renew();
  return isOfSegment(jsonBody(request)) ? enrollSegment(services, request) : enrollOne(services, request);
};

const enrollOne = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const { contact: who, properties } = jsonBodyOf(request, bodySchema);
  const unstorable = findUnstorable(properties);
  if (unstorable) throw new Refusal(422, unstorable.code, unstorable.message);
  const journey = await findOpenJourney(services, journeyId(request));
  const contact = await findContact(services, who);
  const event = await storeEvent(services, request, { journey, contact, properties });
  const heard = { event, change: noChange(event.id), contact };
  return answer(await enter(services, journey, heard, await readEntries(services.store, contact.id)));
};

const findOpenJourney = async (
  services: Services,
  id: string,
): Promise<JourneyRecord & { version: number }> => {
  const { enter: rules, ...journey } = await findPublished(services, id);
  if (!rules.on.some((on) => 'manual' in on))
    throw new Refusal(
      409,
      'not-manual',
      'Nobody enters this journey by hand. Add { "manual": true } to enter.on.',
    );
  return journey;
};

const findContact = async ({ store, catalogue }: Services, who: Body['contact']): Promise<Contact> => {
  const country = (await catalogue.client()).channels.sms?.country;
  const identity = identityOf(who, country);
  const id = typeof identity === 'string' ? identity : identity && (await findContactId(store, identity));
  const contact = id === undefined ? undefined : await getContact(store, id);
  if (!contact) throw new Refusal(404, 'unknown-contact', 'There is no such contact.');
  return contact;
};

/** A contact's id as it stands, or what leads to it. */
const identityOf = (who: Body['contact'], country: string | undefined): string | Identity | undefined => {
  if (typeof who === 'string') return who.includes('@') ? identityOf({ email: who }, country) : who;
  if ('id' in who) return who.id;
  if ('userId' in who) return { kind: 'userId', value: who.userId };
  const value = 'email' in who ? normaliseEmail(who.email) : normalisePhone(who.phone, country);
  return value === undefined ? undefined : { kind: 'email' in who ? 'email' : 'phone', value };
};

/** The same `Idempotency-Key` enrols once. */
const storeEvent = async (
  { store }: Services,
  request: HttpRequest,
  {
    journey,
    contact,
    properties,
  }: { journey: JourneyRecord; contact: Contact; properties: Body['properties'] },
): Promise<ContactEvent> => {
  const now = iso(store.clock.now());
  const key = request.headers['idempotency-key'];
  const event: ContactEvent = {
    id: `enroll-${key === undefined ? newId() : derivedId(journey.id, contact.id, key)}`,
    contact: contact.id,
    type: 'manual',
    name: journey.id,
    at: now,
    happenedAt: now,
    properties,
    depth: 0,
    state: 'accepted',
  };
  const stored = await putEvent(store, event);
  return stored === 'stored' ? event : ((await getEvent(store, contact.id, event.id)) ?? event);
};

const reasons = {
  'already-active': 'The contact is in this journey now.',
  'never-again': 'The contact was in this journey before, and it takes nobody twice ("again" is "never").',
  'too-soon': 'The contact was in this journey not long enough ago; see "again" of the journey.',
  'too-often': 'The contact was in this journey as often as "again" allows.',
  'not-triggered': 'Nobody enters this journey by hand.',
  condition: 'The contact does not fulfil the condition of the journey ("enter.if").',
  'no-key': 'The journey needs a key ("enter.key") that neither the contact nor "properties" has.',
} as const;

const answer = (entrance: Entrance): HttpAnswer => {
  if (entrance.kind === 'refused') throw new Refusal(409, entrance.reason, reasons[entrance.reason]);
  return json(202, { run: entrance.run.id, journey: entrance.run.journey, contact: entrance.run.contact });
};
