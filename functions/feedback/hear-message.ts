import { applyNow } from '#functions/contacts/changing/apply';
import { iso } from '#kernel/clock';
import { contactOf, derivedId } from '#kernel/ids';
import type { ContactEvent, MessageFact } from '#model/event';
import type { Send } from '#model/send';
import { mayChange } from '#policy/contacts/apply-event';
import { getContact } from '#store/contacts/contacts';
import { suppressErased } from '#store/contacts/erasures';
import { putEvent } from '#store/contacts/events';
import { type Evidence, evidenceWrite, keepEvidence, rejectSend } from '#store/sends/evidence';
import { releaseUse } from '#store/sends/release-use';
import { readSend } from '#store/sends/sends';
import type { Store } from '#store/store';
import { bouncesAlways } from './soft-bounces.ts';

/** What was told of one message, by whoever. */
export interface Told {
  sendId: string;
  was: MessageFact['was'];
  /** ISO: when it happened, as the provider says. */
  happenedAt: string;
  link?: string;
  machine?: boolean;
  /** The rule that told the program. */
  rule?: string | undefined;
  bounce?: 'hard' | 'soft';
  /** The provider's own id of the message; another one than ours is no message of ours. */
  providerId?: string;
  /** When the provider accepted the message, where it says so. */
  acceptedAt?: string;
  consent?: ContactEvent['consent'];
}

export type Heard = 'heard' | 'repeated' | 'unknown';

const members: Partial<Record<MessageFact['was'], keyof Evidence['times']>> = {
  delivered: 'deliveredAt',
  opened: 'openedAt',
  clicked: 'clickedAt',
  bounced: 'bouncedAt',
  complained: 'complainedAt',
};

const evidenceOf = ({ was, machine, bounce, happenedAt, acceptedAt, providerId }: Told): Evidence => {
  const member = members[was];
  return {
    times: {
      ...(member && !machine && { [member]: happenedAt }),
      ...(bounce === 'hard' && { hardBouncedAt: happenedAt }),
    },
    sentAt: acceptedAt ?? happenedAt,
    providerId,
  };
};

/**
 * One event for each thing that can be told of a message: a hundred opens are one open (I8). Who
 * consents anew after a complaint may complain again.
 */
const eventIdOf = ({ sendId, was, link = '', machine = false, bounce, happenedAt }: Told): string =>
  `message-${derivedId('message', sendId, was, link, String(machine), bounce ?? '', was === 'complained' ? happenedAt : '')}`;

const factOf = (send: Send, { was, link, machine, rule, bounce }: Told): MessageFact => ({
  sendId: send.id,
  run: send.run,
  journey: send.journey,
  step: send.step,
  channel: send.channel,
  was,
  ...(link === undefined ? {} : { link }),
  ...(machine ? { machine } : {}),
  ...(machine && rule ? { rule } : {}),
  ...(bounce === undefined ? {} : { bounce }),
});

const eventOf = (store: Store, send: Send, told: Told): ContactEvent => ({
  id: eventIdOf(told),
  contact: send.contact,
  type: 'message',
  name: `Message ${told.was.charAt(0).toUpperCase()}${told.was.slice(1)}`,
  at: iso(store.clock.now()),
  happenedAt: told.happenedAt,
  properties: {},
  message: factOf(send, told),
  ...(told.consent ? { consent: told.consent } : {}),
  depth: 0,
  state: 'accepted',
});

const isOurs = (send: Send | undefined, { providerId }: Told): send is Send =>
  send !== undefined &&
  send.status !== 'skipped' &&
  (providerId === undefined || send.providerId === undefined || send.providerId === providerId);

/** What changes whom we may write to is stored, applied and suppressed in one transaction. */
const hearAtOnce = async (store: Store, send: Send, told: Told, event: ContactEvent): Promise<Heard> => {
  const outcome = await applyNow(store, event, async () => [evidenceWrite(store, send, evidenceOf(told))]);
  if (!outcome) return 'unknown';
  return outcome.repeated ? 'repeated' : 'heard';
};

const hearPlainly = async (store: Store, send: Send, told: Told, event: ContactEvent): Promise<Heard> => {
  if (!(await keepEvidence(store, send, evidenceOf(told)))) return 'unknown';
  return (await putEvent(store, event)) === 'stored' ? 'heard' : 'repeated';
};

/** Most of what providers tell: that it arrived. One write, and an event only where a journey asks for it. */
const hearArrival = async (store: Store, told: Told): Promise<Heard> => {
  const name = { contact: contactOf(told.sendId), id: told.sendId };
  const send = await keepEvidence(store, name, evidenceOf(told));
  if (!send) return 'unknown';
  if (!send.awaited || send.status !== 'sent') return 'heard';
  return (await putEvent(store, eventOf(store, send, told))) === 'stored' ? 'heard' : 'repeated';
};

/** The address may not be written to, although nothing tells any more whose it was. */
const hearOfErased = async (store: Store, { sendId, was, bounce }: Told): Promise<Heard> => {
  const reason = was === 'complained' ? 'complaint' : bounce === 'hard' ? 'hard-bounce' : undefined;
  if (!reason) return 'unknown';
  const contact = contactOf(sendId);
  return (await suppressErased(store, { contact, channel: 'email', reason })) ? 'heard' : 'unknown';
};

const sendIdShape = /^[0-9a-z]{20}-[0-9a-z]{20}$/;

/** An address that says "later" so often, and takes nothing in between, is left alone by advertising. */
const withBounces = async (store: Store, send: Send, event: ContactEvent): Promise<ContactEvent> => {
  const { message } = event;
  if (message?.bounce !== 'soft' || !(await bouncesAlways(store, send))) return event;
  return { ...event, message: { ...message, repeated: true } };
};

/**
 * Takes what mailboxes, readers and providers tell of a message: onto the send's record, and as an
 * event of the contact that the journeys hear. Doubled, late and out of order is harmless.
 */
export const hearMessage = async (store: Store, told: Told): Promise<Heard> => {
  if (!sendIdShape.test(told.sendId)) return 'unknown';
  if (told.was === 'delivered') return hearArrival(store, told);
  const send = await readSend(store, contactOf(told.sendId), told.sendId);
  if (!send) return hearOfErased(store, told);
  if (!isOurs(send, told)) return 'unknown';
  // Every message has its Send event; it tells something new only of a claim in doubt.
  if (told.was === 'sent') return send.status === 'sent' ? 'repeated' : hearArrival(store, told);
  const event = await withBounces(store, send, eventOf(store, send, told));
  return mayChange(event) ? hearAtOnce(store, send, told, event) : hearPlainly(store, send, told, event);
};

/** The provider took it and then would not send it: no message was sent, whatever else is told of it. */
export const hearRejection = async (
  store: Store,
  { sendId: id, providerId }: Pick<Told, 'sendId' | 'providerId'>,
): Promise<Heard> => {
  if (!sendIdShape.test(id)) return 'unknown';
  const contact = contactOf(id);
  if (!(await rejectSend(store, { contact, id }, providerId))) return 'unknown';
  const [send, person] = await Promise.all([readSend(store, contact, id), getContact(store, contact)]);
  if (send && person) await releaseUse(store, person.id, send);
  return 'heard';
};
