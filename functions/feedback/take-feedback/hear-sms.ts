import { applyNow } from '#functions/contacts/changing/apply';
import { iso } from '#kernel/clock';
import { derivedId } from '#kernel/ids';
import type { ContactEvent, MessageFact } from '#model/event';
import type { Send } from '#model/send';
import { normalisePhone } from '#policy/contacts/identity';
import { getContact } from '#store/contacts/contacts';
import { history } from '#store/contacts/events';
import { findContactId } from '#store/contacts/identities';
import { liftAddress, suppressAddress } from '#store/contacts/suppressions';
import type { Store } from '#store/store';
import { prepareAnswer, type Services } from './answer-sms.ts';
import { type InboundSms, type Intent, intentOf } from './inbound-sms.ts';

/** An answer belongs to the last text that was sent, if that is not too long ago. */
const answerDays = 14;

/** Not one of our own answers. */
const isTextOfRun = (item: Awaited<ReturnType<typeof history>>[number]): boolean =>
  item.kind === 'send' &&
  item.channel === 'sms' &&
  item.status === 'sent' &&
  !item.journey.startsWith('text:');

const lastText = async (store: Store, id: string): Promise<Send | undefined> => {
  const contact = (await getContact(store, id)) ?? id;
  const since = iso(store.clock.now() - answerDays * 86_400_000);
  const items = await history(store, contact, { since, newestFirst: true, limit: 300 });
  return items.find((item) => isTextOfRun(item)) as Send | undefined;
};

const factOf = (send: Send, was: MessageFact['was']): MessageFact => ({
  sendId: send.id,
  run: send.run,
  journey: send.journey,
  step: send.step,
  channel: 'sms',
  was,
});

const consentOf = (intent: Intent): ContactEvent['consent'] =>
  intent === 'stop' || intent === 'start'
    ? [{ channel: 'sms', given: intent === 'start', source: intent }]
    : undefined;

const names: Readonly<Record<Intent, string>> = {
  stop: 'Text Stopped',
  start: 'Text Started',
  help: 'Help Requested',
  reply: 'Text Received',
};

/** The words themselves stay out of the store: they may hold anything, and nothing asks for them. */
const eventOf = async (
  store: Store,
  contact: string,
  { sms, intent }: { sms: InboundSms; intent: Intent },
): Promise<ContactEvent> => {
  const isAnswer = intent === 'stop' || intent === 'reply';
  const send = isAnswer ? await lastText(store, contact) : undefined;
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

/** STOP counts for the number, whether or not we know whose it is, and so does the START that takes it back. */
const hearUnknown = async (store: Store, phone: string, intent: Intent): Promise<'heard' | 'unknown'> => {
  const number = { channel: 'sms', address: phone };
  if (intent === 'stop') await suppressAddress(store, number, { reason: 'stop', at: iso(store.clock.now()) });
  if (intent === 'start') await liftAddress(store, number, 'stop');
  return intent === 'stop' || intent === 'start' ? 'heard' : 'unknown';
};

/** A word of the client's own counts a minute after it was deployed. */
const settingsAgeMs = 60_000;

const intentHeard = async ({ catalogue }: Services, { messageBody }: InboundSms): Promise<Intent> => {
  await catalogue.renewAfter(settingsAgeMs);
  return intentOf(messageBody, (await catalogue.client()).channels.sms?.keywords);
};

export const hearSms = async (
  services: Services,
  sms: InboundSms,
): Promise<'heard' | 'repeated' | 'unknown'> => {
  const { store } = services;
  const phone = normalisePhone(sms.originationNumber);
  if (phone === undefined) return 'unknown';
  const intent = await intentHeard(services, sms);
  const contact = await findContactId(store, { kind: 'phone', value: phone });
  if (contact === undefined) return hearUnknown(store, phone, intent);
  const event = await eventOf(store, contact, { sms, intent });
  const answer = prepareAnswer(services, { intent, event: event.id, contact, phone });
  const outcome = await applyNow(store, event, answer.claim);
  if (!outcome) return hearUnknown(store, phone, intent);
  await answer.send(outcome.contact);
  return outcome.repeated ? 'repeated' : 'heard';
};
