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

/** A MIME message by nodemailer's composer, which encodes and folds headers; it may read no file or address. */
export const buildMime = ({ messageId, boundary, ...parts }: MimeParts): Promise<Uint8Array> => {
  const composer = new MailComposer({
    ...parts,
    messageId: `<${messageId}>`,
    headers: { ...parts.headers },
    baseBoundary: boundary,
    encoding: 'quoted-printable',
    textEncoding: 'quoted-printable',
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: 'windows',
  });
  return composer.compile().build();
};
