import MailComposer from 'nodemailer/lib/mail-composer';
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

/** All is ASCII by now. Done here because the composer's own `newline` option doubles its time. */
const withCrlf = (mime: Buffer): Uint8Array =>
  Buffer.from(mime.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1');

/** A MIME message by nodemailer's composer, which encodes and folds headers; it may read no file or address. */
export const buildMime = async ({ messageId, boundary, ...parts }: MimeParts): Promise<Uint8Array> => {
  const composer = new MailComposer({
    ...parts,
    messageId: `<${messageId}>`,
    headers: { ...parts.headers },
    baseBoundary: boundary,
    encoding: 'quoted-printable',
    textEncoding: 'quoted-printable',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return withCrlf(await composer.compile().build());
};
