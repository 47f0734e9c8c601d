import { z } from 'zod';

/** What AWS End User Messaging publishes of a text message to one of our numbers. */
export const inboundSmsSchema = z.object({
  originationNumber: z.string().max(40),
  messageBody: z.string().max(2000),
  inboundMessageId: z.string().max(200),
});
export type InboundSms = z.output<typeof inboundSmsSchema>;

/** The words of the CTIA and the FCC, and how they are written by thumb. */
const stopWords = [
  'stop',
  'stopall',
  'stopp',
  'unsubscribe',
  'cancel',
  'end',
  'quit',
  'revoke',
  'opt out',
  'optout',
];
const startWords = ['start', 'unstop', 'yes start'];

const wordsOf = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[^\p{L}\s]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** `stop` also where politeness follows ("stop please"); a whole sentence that holds the word is a reply. */
export const intentOf = (text: string): 'stop' | 'start' | 'reply' => {
  const words = wordsOf(text);
  if (
    stopWords.includes(words) ||
    /^(?:please )?(?:stop|unsubscribe|opt out|cancel)(?: (?:please|now|texting(?: me)?|all|thanks|thank you|it))?$/.test(
      words,
    )
  )
    return 'stop';
  return startWords.includes(words) ? 'start' : 'reply';
};
