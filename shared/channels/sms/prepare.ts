import { phonePattern } from '#model/document-text';
import { createRenderer } from '../liquid/render.ts';
import type { MessageOrder, SmsMessage } from '../order.ts';
import { Skip } from '../skip.ts';
import { momentOf, variablesOf } from '../variables.ts';
import { countSegments } from './segments.ts';

/** SNS refuses more. */
const maxLength = 1_600;

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

export const prepareSms = (order: MessageOrder): SmsMessage => {
  const source = order.text ?? order.template?.text;
  if (source === undefined) throw new Skip('template-failed', 'there is no text');
  const render = createRenderer(variablesOf(order), momentOf(order));
  const text = tidy(render('text', source));
  if (!text) throw new Skip('template-failed', 'the text is empty');
  if (text.length > maxLength)
    throw new Skip('template-failed', `the text is longer than ${maxLength} characters`);
  const { senderId, originationNumber } = order.client.channels.sms ?? {};
  return {
    channel: 'sms',
    sendId: order.sendId,
    to: phoneOf(order.contact),
    text,
    segments: countSegments(text).count,
    promotional: order.class === 'marketing',
    ...(senderId ? { senderId } : {}),
    ...(originationNumber ? { originationNumber } : {}),
  };
};
