import type { Client } from '#model/client';
import { phonePattern } from '#model/document-text';
import { createRenderer } from '../liquid/render.ts';
import type { MessageOrder, SmsMessage } from '../order.ts';
import { Skip } from '../skip.ts';
import { momentOf, variablesOf } from '../variables.ts';
import { countSegments } from './segments.ts';

/** SNS refuses more: https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html */
const maxBytes = 1_600;
const usualParts = 6;

const phoneOf = (contact: MessageOrder['contact']): string => {
  const phone =
    typeof contact.phone === 'string' ? contact.phone.replace(/[\s()./-]/g, '').replace(/^00/, '+') : '';
  if (!phonePattern.test(phone)) throw new Skip('no-address', 'contact.phone is no international number');
  return phone;
};

/** Lines are kept; other control characters and the blanks around are not. */
const tidy = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]/gu, '')
    .trim()
    .toWellFormed();

/** What is paid by the part must not become a novel because of a name. */
const partsOf = (client: Client, text: string): number => {
  if (Buffer.byteLength(text) > maxBytes)
    throw new Skip('template-failed', `the text is longer than ${maxBytes} bytes`);
  const { count, encoding } = countSegments(text);
  const most = client.channels.sms?.maxParts ?? usualParts;
  if (count > most)
    throw new Skip('template-failed', `the text would be ${count} parts of ${encoding}; at most ${most}`);
  return count;
};

/** A text of this client's, from its sender. @param given `text` as it is to be read */
export const textMessage = (
  client: Client,
  given: Pick<SmsMessage, 'sendId' | 'to' | 'text' | 'promotional'>,
): SmsMessage => {
  const { senderId, originationNumber } = client.channels.sms ?? {};
  return {
    channel: 'sms',
    ...given,
    segments: partsOf(client, given.text),
    ...(senderId ? { senderId } : {}),
    ...(originationNumber ? { originationNumber } : {}),
  };
};

export const prepareSms = (order: MessageOrder): SmsMessage => {
  const source = order.text ?? order.template?.text;
  if (source === undefined) throw new Skip('template-failed', 'there is no text');
  const render = createRenderer(variablesOf(order), momentOf(order));
  const text = tidy(render('text', source));
  if (!text) throw new Skip('template-failed', 'the text is empty');
  return textMessage(order.client, {
    sendId: order.sendId,
    to: phoneOf(order.contact),
    text,
    promotional: order.class === 'marketing',
  });
};
