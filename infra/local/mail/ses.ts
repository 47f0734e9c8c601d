import { addressParser } from 'postal-mime';
import type { Clock } from '#kernel/clock';
import { iso } from '#kernel/clock';
import { newId } from '#kernel/ids';
import { AwsError } from '../aws-error.ts';
import type { Accepted, Outbox } from './outbox.ts';

export interface SesOptions {
  outbox: Outbox;
  clock: Clock;
  region: string;
  /** Verified domains; every sender is accepted when left out. */
  identities?: readonly string[];
  /** Called within the write that makes the mail durable. */
  onAccepted?: (accepted: Accepted) => void;
}

interface RawMail {
  Source?: string;
  Destinations?: string[];
  RawMessage?: { Data?: Uint8Array };
  Tags?: { Name?: string; Value?: string }[];
  ConfigurationSetName?: string;
}

const invalid = (message: string): never => {
  throw new AwsError('InvalidParameterValue', message);
};

/** SES as far as Wayleaf asks it. What it takes on lands in the outbox byte by byte. */
export const createSes = (options: SesOptions) => {
  const { outbox, clock } = options;
  const operations: Record<string, (input: unknown) => Promise<unknown>> = {
    async SendRawEmail(input) {
      const mail = readMail(input as RawMail);
      refuseUnverified(mail.from, options);
      const messageId = `${newId()}-000000`;
      await outbox.accept({ channel: 'email', messageId, ...mail }, options.onAccepted);
      return { MessageId: messageId };
    },
    async GetSendQuota() {
      const dayAgo = iso(clock.now() - 86_400_000);
      return { Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: outbox.countSince(dayAgo, 'email') };
    },
  };
  return async (operation: string, input: unknown): Promise<unknown> => {
    const run = operations[operation];
    if (!run) throw new AwsError('InvalidAction', `The embedded SES does not offer ${operation}`);
    return run(input);
  };
};

const maxBytes = 10 * 1024 * 1024;

const readMail = (input: RawMail) => {
  const body = input.RawMessage?.Data;
  if (!body || body.byteLength === 0) return invalid('Missing required parameter RawMessage.Data');
  if (body.byteLength > maxBytes)
    return invalid(`Message length is more than ${maxBytes} bytes long: '${body.byteLength}'.`);
  const headers = readHeaders(body);
  const from = addressesIn(input.Source ?? headers.get('from'))[0];
  if (!headers.has('from') || !from) return invalid("Missing required header 'From'.");
  const to = recipientsOf(input, headers);
  const tags = tagsOf(input, headers);
  const configurationSet = input.ConfigurationSetName ?? headers.get('x-ses-configuration-set');
  return {
    body,
    from,
    to,
    tags,
    ...(tags.sendId === undefined ? {} : { sendId: tags.sendId }),
    ...(configurationSet ? { configurationSet } : {}),
  };
};

/** The header block, unfolded; names in lower case, the first of each. */
const readHeaders = (body: Uint8Array): Map<string, string> => {
  const bytes = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, 256 * 1024));
  const ends = ['\r\n\r\n', '\n\n', '\n\r\n'].map((end) => bytes.indexOf(end)).filter((at) => at >= 0);
  const block = bytes.toString('utf8', 0, Math.min(bytes.length, ...ends));
  const headers = new Map<string, string>();
  for (const line of block.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    if (name && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  return headers;
};

const addressesIn = (text: string | undefined): string[] =>
  text ? addressParser(text, { flatten: true }).flatMap(({ address }) => (address ? [address] : [])) : [];

const recipientsOf = ({ Destinations }: RawMail, headers: Map<string, string>): string[] => {
  if (Destinations?.some((text) => /[\r\n]/.test(text))) return invalid('Illegal address');
  const named = Destinations?.length
    ? Destinations.flatMap(addressesIn)
    : ['to', 'cc', 'bcc'].flatMap((name) => addressesIn(headers.get(name)));
  if (named.length === 0) return invalid('Recipient list is empty');
  if (named.length > 50) return invalid('Recipient count exceeds 50.');
  for (const address of named)
    if (!/^[\x21-\x7e]+@[A-Za-z0-9.-]+\.[A-Za-z0-9-]+$/.test(address)) return invalid('Illegal address');
  return named;
};

const tagText = /^[A-Za-z0-9_.@-]{1,256}$/;

const tagsOf = ({ Tags = [] }: RawMail, headers: Map<string, string>): Record<string, string> => {
  const inHeader = (headers.get('x-ses-message-tags') ?? '').split(',').filter((pair) => pair.trim() !== '');
  const pairs = [
    ...inHeader.map((pair) => pair.trim().split('=', 2) as [string, string?]),
    ...Tags.map(({ Name = '', Value }) => [Name, Value] as const),
  ];
  for (const [name, value = ''] of pairs)
    if (!tagText.test(name) || !tagText.test(value))
      return invalid(
        `Invalid tag <${name}>: names and values hold letters, digits, "_", "-", "." and "@", at most 256.`,
      );
  return Object.fromEntries(pairs) as Record<string, string>;
};

const refuseUnverified = (from: string, { identities, region }: SesOptions): void => {
  const domain = from.slice(from.lastIndexOf('@') + 1).toLowerCase();
  if (!identities || identities.some((own) => domain === own || domain.endsWith(`.${own}`))) return;
  throw new AwsError(
    'MessageRejected',
    `Email address is not verified. The following identities failed the check in region ${region.toUpperCase()}: ${from}`,
  );
};
