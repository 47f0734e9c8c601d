import PostalMime from 'postal-mime';
import type { Accepted } from './outbox.ts';

/** A message as `GET /local/outbox` shows it. */
export interface OutboxMessage {
  at: string;
  channel: Accepted['channel'];
  to: string;
  sendId?: string;
  subject?: string;
  text?: string;
  html?: string;
  /** What a touch on a push message opens. */
  link?: string;
  /** The MIME message as it was sent. */
  raw?: string;
  /** Names in lower case; a header that stands twice is joined by newlines. */
  headers?: Record<string, string>;
  messageId: string;
  tags: Readonly<Record<string, string>>;
  configurationSet?: string;
}

export const viewMessage = async (message: Accepted): Promise<OutboxMessage> => {
  const { at, channel, to, sendId, subject, messageId, tags, configurationSet } = message;
  return {
    at,
    channel,
    to: to.join(', '),
    ...(sendId === undefined ? {} : { sendId }),
    ...(subject === undefined ? {} : { subject }),
    ...(await viewBody(message)),
    messageId,
    tags,
    ...(configurationSet === undefined ? {} : { configurationSet }),
  };
};

const viewBody = ({ channel, body }: Accepted) => {
  if (channel === 'email') return viewMail(body);
  return channel === 'push' ? viewPush(textOf(body)) : { text: textOf(body) };
};

/** What a telephone of Apple's would show. */
const viewPush = (raw: string) => {
  const { default: text, APNS } = JSON.parse(raw) as { default: string; APNS?: string };
  const { aps, link } = JSON.parse(APNS ?? '{}') as { aps?: { alert?: { title?: string } }; link?: string };
  const subject = aps?.alert?.title;
  return { text, raw, ...(subject ? { subject } : {}), ...(link ? { link } : {}) };
};

const textOf = (body: Uint8Array): string => new TextDecoder().decode(body);

const viewMail = async (body: Uint8Array) => {
  const mail = await PostalMime.parse(body);
  const headers: Record<string, string> = {};
  for (const { key, value } of mail.headers)
    headers[key] = headers[key] === undefined ? value : `${headers[key]}\n${value}`;
  return {
    ...(mail.subject === undefined ? {} : { subject: mail.subject }),
    ...(mail.text === undefined ? {} : { text: mail.text }),
    ...(mail.html === undefined ? {} : { html: mail.html }),
    raw: textOf(body),
    headers,
  };
};
