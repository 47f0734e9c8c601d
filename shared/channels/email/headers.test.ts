import fc from 'fast-check';
import PostalMime, { decodeWords } from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { aClient, anOrder } from '#test/builders/message-order';
import { isBlankText } from '../liquid/blank.ts';
import type { EmailMessage, MessageOrder } from '../order.ts';
import { prepareMessage } from '../prepare.ts';
import { oneLine } from '../variables.ts';
import { undecodable } from './mime.ts';

const prepare = async (changes: Partial<MessageOrder> = {}) => {
  const prepared = await prepareMessage(anOrder(changes));
  if ('skip' in prepared) throw new Error(`skipped: ${prepared.skip} ${prepared.detail}`);
  const { raw } = prepared.message as EmailMessage;
  const text = Buffer.from(raw).toString('latin1');
  const mail = await PostalMime.parse(raw);
  const header = (name: string): string | undefined => mail.headers.find(({ key }) => key === name)?.value;
  return { mail, header, head: text.slice(0, text.indexOf('\r\n\r\n')).split('\r\n') };
};
const withTopic = (name: string): Partial<MessageOrder> => ({
  topic: 'news',
  client: { ...aClient(), topics: { news: { name } } },
});

describe('the headers of a mail', () => {
  it('let Gmail add complaints up: four fields, no two alike, the last of 5 to 15 characters', async () => {
    const { header } = await prepare();
    expect(header('feedback-id')).toBe('welcome.hello:welcome:marketing:wl-acme');
    const client = { ...aClient(), name: 'a-name-of-twenty-letters' };
    const sender = (await prepare({ client })).header('feedback-id')?.split(':')[3];
    expect(sender).toBe('wl-a-name-of-tw');
  });

  it('name the list for people, in any script, beside a name that stays (RFC 2919)', async () => {
    const listId = async (name: string) => {
      const value = (await prepare(withTopic(name))).header('list-id') ?? '';
      return decodeWords(value);
    };
    const id = '<news.acme.acme.example>';
    expect(await listId('Product news')).toBe(`"Product news" ${id}`);
    expect(await listId('News "for you" \\o/')).toBe(`"News \\"for you\\" \\\\o/" ${id}`);
    expect(await listId('Angebote für Köche, täglich: 特売 und noch viel mehr davon')).toBe(
      `Angebote für Köche, täglich: 特売 und noch viel mehr davon ${id}`,
    );
    expect((await prepare()).header('list-id')).toBe('<all.acme.acme.example>');
  });

  it('keep automatic answers away, and say of transactional mail that nobody typed it (RFC 3834)', async () => {
    const [marketing, receipt] = [await prepare(), await prepare({ class: 'transactional' })];
    for (const { header } of [marketing, receipt])
      expect(header('x-auto-response-suppress')).toBe('OOF, AutoReply');
    expect(marketing.header('auto-submitted')).toBeUndefined();
    expect(receipt.header('auto-submitted')).toBe('auto-generated');
    for (const name of ['list-id', 'list-unsubscribe', 'list-unsubscribe-post'])
      expect(receipt.header(name)).toBeUndefined();
  });

  it('come once each: SES takes no second one', async () => {
    const { head } = await prepare(withTopic('Nachrichten über alles'));
    const names = head
      .filter((line) => !/^\s/.test(line))
      .map((line) => line.split(':', 1)[0]?.toLowerCase());
    expect(names).toEqual([...new Set(names)]);
  });
});

/** Names and subjects as people, and people with bad intent, write them. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom(
        ...['\r\n', '\n ', '\r', '\0', '\u2028', '\u0085', '"', '\\', '<', '>', '@', ',', ';', ':', '(', ')'],
        ...['=?utf-8?Q?=0D=0ABcc:_x@evil.example?=', '=?', '?=', '\r\nBcc: x@evil.example', 'ß'.repeat(60)],
        ...[
          '👩🏽‍🚀'.repeat(12),
          'x'.repeat(90),
          '\ud800',
          '\udfff',
          '\u202e',
          ' \t ',
          '<x@evil.example>',
          '%0d%0a',
        ],
      ),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => parts.join(''));

describe('hostile names and subjects', () => {
  it('come back as one line each, in headers of legal length, and address nobody else', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (name, subject) => {
        const contact = { email: 'ada@example.com', firstName: name };
        const subjectOf = "S {{ data.subject | default: '' }}";
        const template = { id: 't', channel: 'email', subject: subjectOf, text: 'T' } as const;
        const { mail, head } = await prepare({ contact, template, data: { subject } });
        expect(mail.to).toEqual([{ name: undecodable(oneLine(name, 100)), address: 'ada@example.com' }]);
        expect(mail.from).toMatchObject({ name: 'Acme', address: 'hello@acme.example' });
        expect([mail.bcc, mail.cc]).toEqual([undefined, undefined]);
        const shown = isBlankText(subject) ? '' : subject;
        expect(mail.subject).toBe(undecodable(oneLine(`S ${shown}`, 400)));
        for (const line of head) {
          expect(line).toMatch(/^[\t\x20-\x7e]+$/);
          // RFC 2047, 2: a line with an encoded word has at most 76 characters; RFC 5322, 2.1.1: any has 998.
          expect(line.length).toBeLessThanOrEqual(line.includes('=?UTF-8?') ? 76 : 998);
          for (const [word] of line.matchAll(/=\?UTF-8\?[BQ]\?[^?]*\?=/g))
            expect(word.length).toBeLessThanOrEqual(75);
        }
      }),
      { numRuns: 150 },
    );
  });
});
