import MailComposer from 'nodemailer/lib/mail-composer';
import type MimeNode from 'nodemailer/lib/mime-node';
import { encode, wrap } from 'nodemailer/lib/qp';
import type { Mailbox } from './address.ts';

export interface MimeParts {
  from: Mailbox;
  to: Mailbox;
  replyTo?: string;
  subject: string;
  text?: string;
  html?: string;
  headers: Readonly<Record<string, string>>;
  messageId: string;
  date: Date;
  /** Makes the part boundaries; the same parts give the same bytes. */
  boundary: string;
}

/**
 * Whoever is called `=?utf-8?Q?…?=` would be decoded by the mail program (RFC 2047), line breaks and all.
 * A blank keeps it a text.
 */
export const undecodable = (text: string): string => text.replace(/=(?=\?[^?\s]+\?[bq]\?)/gi, '= ');

const named = ({ name, address }: Mailbox): Mailbox => ({ name: undecodable(name), address });

/** A link is one long word: folded before it, the header's first line is empty, which not everybody reads. */
const unfolded = (value: string) =>
  /^<https?:[\x21-\x7e]{1,900}>$/.test(value) ? { prepared: true, value } : value;

const quotedPrintable = (text: string): string => wrap(encode(text.replace(/\r\n?|\n/g, '\r\n')));

/**
 * The composer's tree as text. Its own `build()` sends every part through three streams, which takes
 * three times as long and is most of what a message costs.
 */
const write = (node: MimeNode): string => {
  const head = `${node.buildHeaders()}\r\n\r\n`;
  if (node.childNodes.length === 0) return head + quotedPrintable(String(node.content ?? ''));
  const parts = node.childNodes.map((child) => `--${node.boundary}\r\n${write(child)}\r\n`);
  return `${head}${parts.join('')}--${node.boundary}--\r\n`;
};

/** A MIME message; nodemailer plans the parts and encodes and folds the headers. Reads no file or address. */
export const buildMime = ({ messageId, boundary, headers, ...parts }: MimeParts): Uint8Array => {
  const composer = new MailComposer({
    ...parts,
    from: named(parts.from),
    to: named(parts.to),
    subject: undecodable(parts.subject),
    messageId: `<${messageId}>`,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, unfolded(value)])),
    // `=_` stands in no quoted-printable text, so no body can end its own part (RFC 2045, 6.7).
    baseBoundary: `=_${boundary}`,
    encoding: 'quoted-printable',
    textEncoding: 'quoted-printable',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return Buffer.from(write(composer.compile()), 'latin1');
};
