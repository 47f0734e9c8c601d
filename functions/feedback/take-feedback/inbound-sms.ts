import * as z from 'zod';
import type { Client } from '#model/client';
import { type Keyword, keywords } from './keywords.ts';

/** What AWS End User Messaging publishes of a text message to one of our numbers. */
export const inboundSmsSchema = z.object({
  originationNumber: z.string().max(40),
  messageBody: z.string().max(2000),
  inboundMessageId: z.string().max(200),
});
export type InboundSms = z.output<typeof inboundSmsSchema>;

export type Intent = Keyword | 'reply';

type OwnKeywords = NonNullable<Client['channels']['sms']>['keywords'];

/** As a thumb may write it: neither case nor accents, signs or blanks count. Figures do. */
const bare = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** What a mail program puts below a text that is sent as mail, on the last line, or under the "-- " of mails. */
const signature =
  /\r?\n\s*(?:(?:sent (?:from|via)|get outlook for|gesendet (?:von|mit)|von meinem|envoy[ée] (?:de|depuis|à partir de))\s[^\r\n:,;!?]{1,40}|-- ?\r?\n[\s\S]*)\s*$/i;

const ours: readonly (readonly [Keyword, ReadonlySet<string>])[] = (['stop', 'start', 'help'] as const).map(
  (keyword) => [keyword, new Set(Object.values(keywords[keyword]).flat().map(bare))],
);

/** The whole message, but for a mail program's signature, is one of the words; a sentence that holds one is a reply. Whoever may have meant STOP, stops. */
export const intentOf = (text: string, own: OwnKeywords = {}): Intent => {
  const said = bare(text.normalize('NFC').replace(signature, ''));
  const found = ours.find(([keyword, words]) => words.has(said) || own[keyword]?.map(bare).includes(said));
  return said === '' ? 'reply' : (found?.[0] ?? 'reply');
};
