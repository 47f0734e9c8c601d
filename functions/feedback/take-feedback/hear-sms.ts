import { applyNow } from '#functions/contacts/changing/apply';
import { iso } from '#kernel/clock';
import { derivedId } from '#kernel/ids';
import type { ContactEvent, MessageFact } from '#model/event';
import type { Send } from '#model/send';
import { normalisePhone } from '#policy/contacts/identity';
import { getContact } from '#store/contacts/contacts';
import { history } from '#store/contacts/events';
import { findContactId } from '#store/contacts/identities';
import { suppressAddress } from '#store/contacts/suppressions';
import type { Store } from '#store/store';
import { type InboundSms, intentOf } from './inbound-sms.ts';

/** An answer belongs to the last text that was sent, if that is not too long ago. */
const answerDays = 14;

const lastText = async (store: Store, id: string): Promise<Send | undefined> => {
  const contact = (await getContact(store, id)) ?? id;
  const since = iso(store.clock.now() - answerDays * 86_400_000);
  const items = await history(store, contact, { since, newestFirst: true, limit: 300 });
  return items.find((item) => item.kind === 'send' && item.channel === 'sms' && item.status === 'sent') as
    | Send
    | undefined;
};

const factOf = (send: Send, was: MessageFact['was']): MessageFact => ({
  sendId: send.id,
  run: send.run,
  journey: send.journey,
  step: send.step,
  channel: 'sms',
  was,
});

const consentOf = (intent: 'stop' | 'start' | 'reply'): ContactEvent['consent'] =>
  intent === 'reply' ? undefined : [{ channel: 'sms', given: intent === 'start', source: intent }];

const names = { stop: 'Text Stopped', start: 'Text Started', reply: 'Text Received' } as const;

/** The words themselves stay out of the store: they may hold anything, and nothing asks for them. */
const eventOf = async (store: Store, contact: string, sms: InboundSms): Promise<ContactEvent> => {
  const intent = intentOf(sms.messageBody);
  const send = intent === 'start' ? undefined : await lastText(store, contact);
  const consent = consentOf(intent);
  const at = iso(store.clock.now());
  return {
    id: `sms-${derivedId('inbound-sms', sms.inboundMessageId)}`,
    contact,
    type: 'message',
    name: names[intent],
    at,
    happenedAt: at,
    properties: {},
    ...(send ? { message: factOf(send, intent === 'stop' ? 'unsubscribed' : 'replied') } : {}),
    ...(consent ? { consent } : {}),
    depth: 0,
    state: 'accepted',
  };
};

/** STOP counts for the number, whether or not we know whose it is. */
const hearUnknown = async (store: Store, phone: string, sms: InboundSms): Promise<'heard' | 'unknown'> => {
  if (intentOf(sms.messageBody) !== 'stop') return 'unknown';
  await suppressAddress(
    store,
    { channel: 'sms', address: phone },
    { reason: 'stop', at: iso(store.clock.now()) },
  );
  return 'heard';
};

export const hearSms = async (store: Store, sms: InboundSms): Promise<'heard' | 'repeated' | 'unknown'> => {
  const phone = normalisePhone(sms.originationNumber);
  if (phone === undefined) return 'unknown';
  const contact = await findContactId(store, { kind: 'phone', value: phone });
  if (contact === undefined) return hearUnknown(store, phone, sms);
  const outcome = await applyNow(store, await eventOf(store, contact, sms));
  if (!outcome) return hearUnknown(store, phone, sms);
  return outcome.repeated ? 'repeated' : 'heard';
};
