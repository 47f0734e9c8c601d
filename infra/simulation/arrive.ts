import type { Trigger } from '#conditions/triggers';
import { iso } from '#kernel/clock';
import { type Contact, emptyContact } from '#model/contact';
import { applyEvent } from '#policy/contacts/apply-event';
import { noChange } from '#policy/contacts/contact-change';
import { type Identity, normaliseEmail, normalisePhone } from '#policy/contacts/identity';
import type { Journey } from '#statemachines/document/schema';
import { contactSettingsOf } from '#store/catalogue/contact-settings';
import { newContactWrite } from '#store/contacts/contacts';
import { putEvent, type StoredEvent } from '#store/contacts/events';
import { claimWrites } from '#store/contacts/identities';
import { main } from '#store/keys';
import { transact } from '#store/table';
import type { World } from '../local/world.ts';
import { triggerId } from './lots.ts';
import { startOf, timeOf, type Walk } from './walk.ts';

/** The contact is made, with its past, and the journey is set going for it. */
export const arrive = async (world: World, walk: Walk, id: string, document: Journey): Promise<void> => {
  const start = world.clock.now();
  const { topics = [] } = await contactSettingsOf(world.store);
  await saveContact(world, contactFrom(walk.contact, { id, at: iso(start), topics }));
  for (const [i, event] of walk.events.entries()) {
    const at = timeOf(event.at, start);
    if (at < start && 'event' in event) await remember(world, id, `past-${i}`, { ...event, at: iso(at) });
  }
  const { on, properties } = startOf(walk, document);
  await trigger(world, id, on, properties, document);
  await world.drain();
};

const remember = (
  world: World,
  contact: string,
  id: string,
  { event: name, properties, at }: { event: string; properties: Record<string, unknown>; at: string },
) => putEvent(world.store, eventOf(contact, id, at, { type: 'track', name, properties, state: 'heard' }));

const contactFrom = (
  traits: Record<string, unknown>,
  { id, at, topics }: { id: string; at: string; topics: readonly string[] },
): Contact => {
  const event = eventOf(id, 'simulated-contact', at, { type: 'identify', name: 'Identified', traits });
  return { ...applyEvent(emptyContact(id, at), event, {}, { topics }).contact, id };
};

const saveContact = async ({ store }: World, contact: Contact): Promise<void> => {
  const { email, phone } = contact.fields;
  const identities: Identity[] = [
    ...(typeof email === 'string' ? [{ kind: 'email' as const, value: normaliseEmail(email) ?? email }] : []),
    ...(typeof phone === 'string' ? [{ kind: 'phone' as const, value: normalisePhone(phone) ?? phone }] : []),
  ];
  const keys = identities.map(({ kind, value }) => main.identity(kind, value));
  await transact(store.dynamodb, [
    newContactWrite(store, contact, keys),
    ...claimWrites(store, contact.id, identities),
  ]);
};

export const eventOf = (
  contact: string,
  id: string,
  at: string,
  more: Partial<StoredEvent>,
): StoredEvent => ({
  id,
  contact,
  type: 'track',
  name: '',
  at,
  happenedAt: at,
  properties: {},
  depth: 0,
  state: 'accepted',
  ...more,
});

/** The event that starts the run, stored as if a website had sent it. */
const trigger = async (
  world: World,
  id: string,
  on: Trigger,
  properties: Record<string, unknown>,
  { id: journey }: Journey,
): Promise<void> => {
  const at = iso(world.clock.now());
  await putEvent(world.store, eventOf(id, triggerId, at, { properties, ...startedBy(on, journey) }));
};

const startedBy = (on: Trigger, journey: string): Partial<StoredEvent> => {
  if ('event' in on) return { type: 'track', name: on.event };
  if ('form' in on) return { type: 'form', name: on.form };
  if ('tag' in on) return { type: 'identify', name: 'Identified', addTags: [on.tag] };
  if ('segment' in on) {
    const change = {
      ...noChange('simulation'),
      [on.when === 'leaves' ? 'segmentsLeft' : 'segmentsEntered']: [on.segment],
    };
    return { type: 'change', name: 'Contact Changed', change };
  }
  if ('date' in on)
    return {
      ...{ type: 'date', name: on.date },
      properties: { ...(on.offset && { offset: on.offset }), ...(on.at && { at: on.at }) },
    };
  return { type: 'manual', name: journey };
};
