import { renderMail } from './email/prepare.ts';
import { nobodysKeys } from './measure-mail.ts';
import type { MessageOrder, SkipReason } from './order.ts';
import { prepareMessage, spoken } from './prepare.ts';
import { skipOf } from './skip.ts';

/** A message as its reader would see it. */
export interface Preview {
  channel: 'email' | 'sms';
  /** Of the template, where it says so. */
  language?: string | undefined;
  from?: string;
  to?: string;
  subject?: string;
  preheader?: string;
  html?: string;
  text?: string;
  /** Of the HTML as it would be sent, with links that count clicks. */
  bytes?: number;
  /** Paid parts of a text message. */
  segments?: number;
}

type Shown = { preview: Preview } | { skip: SkipReason; detail: string };

/** Links lead where they lead in the end, and those that change something lead nowhere. */
export const harmless = (order: MessageOrder): MessageOrder => ({
  ...order,
  keys: nobodysKeys,
  client: {
    ...order.client,
    channels: {
      ...order.client.channels,
      email: { ...order.client.channels.email, tracking: false },
    },
  },
});

const mailboxOf = ({ name, address }: { name: string; address: string }): string =>
  name === '' ? address : `${name} <${address}>`;

const showMail = (order: MessageOrder): Shown => {
  try {
    const { from, to, ...mail } = renderMail(harmless(order));
    const sent = renderMail({ ...order, keys: nobodysKeys }).html;
    return {
      preview: {
        ...{ channel: 'email', language: order.template?.language, ...mail },
        ...{ from: mailboxOf(from), to: mailboxOf(to) },
        ...(sent === undefined ? {} : { bytes: Buffer.byteLength(sent) }),
      },
    };
  } catch (error) {
    const skipped = skipOf(error);
    if (skipped) return skipped;
    throw error;
  }
};

const showText = async (order: MessageOrder): Promise<Shown> => {
  const prepared = await prepareMessage(order);
  if ('skip' in prepared) return prepared;
  const { message } = prepared;
  if (message.channel !== 'sms') throw new Error('only mails and text messages have templates');
  const { to, text, segments } = message;
  return { preview: { channel: 'sms', language: order.template?.language, to, text, segments } };
};

/** What a reader would see, or why there would be nothing. Sends nothing. */
export const previewMessage = async (order: MessageOrder): Promise<Shown> => {
  const ready = spoken(order);
  return ready.channel === 'sms' ? showText(ready) : showMail(ready);
};
