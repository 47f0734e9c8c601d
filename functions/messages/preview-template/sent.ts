import { nobodysKeys } from '#channels/measure-mail';
import type { MessageOrder } from '#channels/order';
import { previewMessage } from '#channels/preview';
import { createVersions } from '#functions/journeys/versions';
import { Refusal } from '#kernel/errors';
import { contactOf } from '#kernel/ids';
import { viewContact } from '#model/contact';
import type { Run } from '#model/run';
import type { Send } from '#model/send';
import type { Step } from '#statemachines/document/schema';
import { getContact } from '#store/contacts/contacts';
import { readRun } from '#store/runs/runs';
import { readSend } from '#store/sends/sends';
import type { Services } from '../previewing/order.ts';
import type { SentMessage } from '../previewing/sent.ts';

const unknown = (): Refusal =>
  new Refusal(404, 'unknown-message', 'There is no message of this id (any more).');

/**
 * No body is kept. It is made again of what is frozen (the template of the version, the event that started the
 * run, the answers of webhooks) and of the contact as it is now; `changed` says that it was written to since.
 */
export const showSent = async (services: Services, id: string): Promise<SentMessage> => {
  const send = await readSend(services.store, contactOf(id), id);
  const run = send && (await readRun(services.store, send.run));
  const contact = run && (await getContact(services.store, run.holder ?? run.contact));
  if (!send || !run || !contact) throw unknown();
  const { channel, status, at, journey, version, step, subject, template } = send;
  const about = { id, channel, status, at, journey, version, step, contact: contact.id };
  const order = await orderOf(services, { send, run, contact: viewContact(contact) });
  const shown = order && (await previewMessage(order));
  const { channel: _, ...content } = shown && 'preview' in shown ? shown.preview : { channel };
  return {
    ...about,
    ...(template === undefined ? {} : { template }),
    ...(send.reason === undefined ? {} : { reason: send.reason }),
    ...content,
    // The subject is kept as it went out.
    ...(subject === undefined ? {} : { subject }),
    changed: Date.parse(contact.updatedAt) > Date.parse(send.sentAt ?? at),
  };
};

type Given = { send: Send; run: Run; contact: Record<string, unknown> };

/** Undefined where nothing of it can be made again: messages to teams and apps are not kept in templates. */
const orderOf = async (
  { store, catalogue, context }: Services,
  { send, run, contact }: Given,
): Promise<MessageOrder | undefined> => {
  const { channel } = send;
  if (channel !== 'email' && channel !== 'sms') return undefined;
  const version = await createVersions(store).get(send.journey, send.version);
  const { subject, from, text, data } = version.step(send.step) as Step & Content;
  const template = send.template === undefined ? undefined : version.templates[send.template];
  return {
    ...{ channel, sendId: send.id, contactId: run.contact, step: send.step, class: 'marketing' },
    run: { id: run.id, journey: run.journey, journeyName: version.document.name, version: run.version },
    ...(template === undefined ? {} : { template }),
    ...(send.topic === undefined ? {} : { topic: send.topic }),
    ...(subject === undefined ? {} : { subject }),
    ...(from === undefined ? {} : { from }),
    ...(text === undefined ? {} : { text }),
    ...(data === undefined ? {} : { data }),
    ...{ contact, trigger: run.trigger, results: run.results, client: await catalogue.client() },
    ...{ settings: context.settings, keys: nobodysKeys, now: Date.parse(send.at) },
  };
};

/** What a step that sends may say of the message. */
interface Content {
  subject?: string;
  from?: string;
  text?: string;
  data?: Record<string, unknown>;
}
