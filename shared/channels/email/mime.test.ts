import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { buildMime, type MimeParts } from './mime.ts';

const parts = (changes: Partial<MimeParts>): MimeParts => ({
  from: { name: 'Acme', address: 'hello@acme.example' },
  to: { name: 'Ada', address: 'ada@example.com' },
  subject: 'Hi',
  headers: {},
  messageId: 'm@acme.example',
  date: new Date(0),
  boundary: 'send',
  ...changes,
});
const lines = (text = ''): string[] => text.replace(/\n+$/, '').split(/\r?\n/);

describe('a MIME message', () => {
  it('gives back every text, whatever is in it', async () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.constantFrom(
        '\n',
        '\r\n',
        '. ',
        '=',
        '=20',
        ' \n',
        '\t\n',
        '.\n',
        '\nFrom x',
        '-- \n',
        '--send',
        '\n--',
        'x'.repeat(200),
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        const text = `${pieces.join('').replace(/[\p{Cc}](?<![\n\t])/gu, '')}|`;
        const mail = await PostalMime.parse(buildMime(parts({ text, html: `<p>${text}` })));
        expect(lines(mail.text)).toEqual(lines(text));
        expect(lines(mail.html)).toEqual(lines(`<p>${text}`));
      }),
      { numRuns: 200 },
    );
  });

  it('is ASCII in lines of at most 76 letters in the body, ended by CRLF', () => {
    const raw = Buffer.from(
      buildMime(parts({ text: `é ${'x'.repeat(500)}\ny\r\nz`, html: '<p>ü' })),
    ).toString('latin1');
    expect(raw).toMatch(/^[\t\r\n\x20-\x7e]*$/);
    expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    for (const line of raw.slice(raw.indexOf('\r\n\r\n')).split('\r\n'))
      expect(line.length).toBeLessThanOrEqual(76);
  });

  it('is one part when there is only text', async () => {
    const mail = await PostalMime.parse(buildMime(parts({ text: 'Only this' })));
    expect(mail.text?.trim()).toBe('Only this');
    expect(mail.html).toBeUndefined();
    expect(mail.headers.find((h) => h.key === 'content-type')?.value).toMatch(/^text\/plain; charset=utf-8/);
  });

  it('names no part by a line that stands in the body', async () => {
    const text = '--send\n--send--\n----_NmP-=_send-Part_1';
    const mail = await PostalMime.parse(buildMime(parts({ text, html: text })));
    expect(lines(mail.text)).toEqual(lines(text));
    expect(mail.attachments).toEqual([]);
  });
});
