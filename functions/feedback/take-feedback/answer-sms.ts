import type { FunctionContext } from '#aws/function-context';
import { deliver } from '#channels/deliver';
import type { Outcome, SmsMessage } from '#channels/order';
import { textMessage } from '#channels/sms/prepare';
import { giveUpClaim } from '#functions/messages/give-up-claim';
import { iso } from '#kernel/clock';
import { newId, runId, sendId } from '#kernel/ids';
import type { Client } from '#model/client';
import type { Contact } from '#model/contact';
import type { Send } from '#model/send';
import { voiceOf } from '#model/words/say';
import type { Catalogue } from '#store/catalogue/catalogue';
import { newSendWrite, readSend, type SendResult, settleSend } from '#store/sends/sends';
import type { Store } from '#store/store';
import type { TableWrite } from '#store/table';
import type { Intent } from './inbound-sms.ts';

export interface Services {
  store: Store;
  catalogue: Catalogue;
  context: FunctionContext;
}

/** What somebody wrote, and under which id it is known. */
export interface Said {
  intent: Intent;
  /** Of the contact's event. */
  event: string;
  contact: string;
  phone: string;
}

const words = { stop: 'text-stopped', start: 'text-started', help: 'text-help' } as const;

const mayGet = ({ consent, suppressed }: Contact): boolean =>
  consent.sms?.given === true && suppressed.sms === undefined;
const hasStopped = ({ suppressed }: Contact): boolean => suppressed.sms?.reason === 'stop';

/** One answer to what changed something: none to a second STOP or START, and no help to who wants no texts. */
const isDue = ({ intent }: Said, before: Contact, after: Contact): boolean => {
  if (intent === 'stop') return !hasStopped(before) && hasStopped(after);
  if (intent === 'start') return !mayGet(before) && mayGet(after);
  return intent === 'help' && after.suppressed.sms === undefined;
};

/** Two machines that answer each other come to an end: of help there is one text a day. */
const answerTo = ({ intent, event }: Said, now: number): string =>
  intent === 'help' ? iso(now).slice(0, 10) : event;

const newSend = ({ store }: Services, said: Said): Send => {
  const now = store.clock.now();
  const run = runId(said.contact, 'text', said.intent, answerTo(said, now));
  return {
    ...{ id: sendId(run, said.intent, 1, 'sms'), contact: said.contact, run, at: iso(now) },
    // No journey can be named so: what becomes of these texts is counted by keyword.
    journey: `text:${said.intent}`,
    ...{ version: 0, step: said.intent, visit: 1, channel: 'sms', status: 'claimed', attempts: 1 },
    owner: newId(),
  };
};

const helper = ({ brand, sender }: Client): string =>
  brand.supportEmail ?? brand.phone ?? sender.replyTo ?? sender.address;

const messageOf = (client: Client, { intent, phone }: Said, contact: Contact, send: Send): SmsMessage => {
  const { say } = voiceOf([contact.fields.language, client.language], client.messages);
  const values = { brand: client.brand.name, contact: helper(client) };
  const text = intent === 'reply' ? '' : say(words[intent], values);
  return textMessage(client, { sendId: send.id, to: phone, text, promotional: false });
};

const resultOf = (outcome: Outcome): SendResult => {
  if (outcome.status === 'accepted') return { status: 'sent', providerId: outcome.providerId };
  return { status: outcome.status === 'unknown' ? 'indeterminate' : 'failed', reason: outcome.reason };
};

const report = async ({ store, context }: Services, send: Send, result: SendResult): Promise<void> => {
  await settleSend(store, send, result);
  if (result.status === 'sent') return;
  const level = result.status === 'indeterminate' ? 'error' : 'warn';
  context.log[level](`send-${result.status}`, { send: send.id, step: send.step, reason: result.reason });
};

export interface Answer {
  /** Part of the transaction that hears the message: nothing is claimed after a STOP was committed (I4). */
  claim(before: Contact, after: Contact): Promise<TableWrite[]>;
  /** Once that is committed. */
  send(contact: Contact): Promise<void>;
}

/** The answer to one message, however often it is heard: claimed with it, and given to the provider once. */
export const prepareAnswer = (services: Services, said: Said): Answer => {
  const { store, catalogue, context } = services;
  const send = newSend(services, said);
  const mayAnswer = async (): Promise<boolean> =>
    said.intent !== 'reply' && (await catalogue.client()).channels.sms?.answers !== false;
  return {
    async claim(before, after) {
      if (!isDue(said, before, after) || !(await mayAnswer())) return [];
      return (await readSend(store, send.contact, send.id)) ? [] : [newSendWrite(store, send)];
    },
    async send(contact) {
      const claimed = said.intent === 'reply' ? undefined : await readSend(store, send.contact, send.id);
      if (claimed?.status !== 'claimed') return;
      if (claimed.owner !== send.owner) return giveUpClaim(services, claimed);
      const message = messageOf(await catalogue.client(), said, contact, send);
      await report(services, send, resultOf(await deliver(message, context.aws)));
    },
  };
};
