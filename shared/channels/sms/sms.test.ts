import { describe, expect, it } from 'vitest';
import { aClient, anOrder } from '#test/builders/message-order';
import type { MessageOrder, Prepared } from '../order.ts';
import { prepareMessage } from '../prepare.ts';
import { countSegments } from './segments.ts';

const prepare = (changes: Partial<MessageOrder>): Promise<Prepared> =>
  prepareMessage(anOrder({ channel: 'sms', template: undefined, ...changes }));

describe('counting the paid parts of a text', () => {
  it('takes 160 letters of GSM-7 alone and 153 in a row', () => {
    expect(countSegments('a'.repeat(160))).toEqual({ encoding: 'GSM-7', count: 1, units: 160 });
    expect(countSegments('a'.repeat(161)).count).toBe(2);
    expect(countSegments('a'.repeat(306)).count).toBe(2);
    expect(countSegments('a'.repeat(307)).count).toBe(3);
  });

  it('counts letters of the extension table twice and never parts them', () => {
    expect(countSegments('€'.repeat(80))).toEqual({ encoding: 'GSM-7', count: 1, units: 160 });
    expect(countSegments(`${'€'.repeat(80)}a`).count).toBe(2);
    // 152 + a pair that does not fit into the 153rd place, 152 more, and the same again
    expect(countSegments(`${'a'.repeat(152)}€${'a'.repeat(151)}€`).count).toBe(3);
  });

  it('takes 70 units of UCS-2 alone and 67 in a row, with emoji kept whole', () => {
    expect(countSegments('ł'.repeat(70))).toEqual({ encoding: 'UCS-2', count: 1, units: 70 });
    expect(countSegments('ł'.repeat(71)).count).toBe(2);
    expect(countSegments(`${'a'.repeat(66)}🎉${'a'.repeat(66)}`).count).toBe(3);
  });

  it('knows each letter of the two tables of 3GPP TS 23.038, and no other below U+2100 but those', () => {
    // By code point, as the standard's table 6.2.1 names them; the escape itself is no letter.
    const basic = [
      ...[0x40, 0xa3, 0x24, 0xa5, 0xe8, 0xe9, 0xf9, 0xec, 0xf2, 0xc7, 0x0a, 0xd8, 0xf8, 0x0d, 0xc5, 0xe5],
      ...[0x394, 0x5f, 0x3a6, 0x393, 0x39b, 0x3a9, 0x3a0, 0x3a8, 0x3a3, 0x398, 0x39e, 0xc6, 0xe6, 0xdf, 0xc9],
      ...[
        0xa4, 0xa1, 0xc4, 0xd6, 0xd1, 0xdc, 0xa7, 0xbf, 0xe4, 0xf6, 0xf1, 0xfc, 0xe0, 0x20, 0x21, 0x22, 0x23,
      ],
      ...[
        0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x3a, 0x3b, 0x3c, 0x3d, 0x3e, 0x3f,
      ],
      ...Array.from({ length: 10 }, (_, i) => 0x30 + i),
      ...Array.from({ length: 26 }, (_, i) => [0x41 + i, 0x61 + i]).flat(),
    ];
    const extended = [0x0c, 0x5e, 0x7b, 0x7d, 0x5c, 0x5b, 0x7e, 0x5d, 0x7c, 0x20ac];
    expect([basic.length, new Set(basic).size]).toEqual([127, 127]);
    for (let code = 0; code < 0x2100; code++) {
      const { encoding, units } = countSegments(String.fromCodePoint(code));
      const expected = basic.includes(code) ? 'GSM-7 1' : extended.includes(code) ? 'GSM-7 2' : 'UCS-2 1';
      expect(`${code} ${encoding} ${units}`).toBe(`${code} ${expected}`);
    }
  });

  it('knows the letters of Western Europe as GSM-7 and ç, “ and ’ as costly', () => {
    expect(countSegments('Grüße, ¿qué? Å Ø ñ £ @ Ω').encoding).toBe('GSM-7');
    for (const letter of ['ç', '“', '’', '–', '…']) expect(countSegments(letter).encoding).toBe('UCS-2');
  });

  it('counts an empty text as one part', () => {
    expect(countSegments('')).toEqual({ encoding: 'GSM-7', count: 1, units: 0 });
  });
});

describe('a text message', () => {
  it('is filled in, and goes to an international number', async () => {
    const prepared = await prepare({
      text: "{{ contact.firstName | default: 'Hello' }}, see {{ links.trial }}. Reply STOP to opt out.",
      contact: { phone: '+49 151 / 123-456 78' },
    });
    expect(prepared).toEqual({
      message: {
        channel: 'sms',
        sendId: anOrder().sendId,
        to: '+4915112345678',
        text: 'Hello, see https://www.acme.example/trial?a=1&b=2. Reply STOP to opt out.',
        segments: 1,
        promotional: true,
        senderId: 'ACME',
      },
    });
  });

  it('comes from the number and the name that the client has', async () => {
    const client = aClient();
    client.channels.sms = { senderId: 'ACME', originationNumber: '+4930901820' };
    expect(await prepare({ text: 'Hi', client })).toMatchObject({
      message: { senderId: 'ACME', originationNumber: '+4930901820' },
    });
    client.channels = {};
    const { message } = (await prepare({ text: 'Hi', client })) as { message: object };
    expect(Object.keys(message)).not.toContain('senderId');
  });

  it('escapes nothing and keeps no control characters but line breaks', async () => {
    const prepared = await prepare({
      text: ' {{ contact.firstName }}\r\nBye ',
      contact: { phone: '+4915112345678', firstName: 'A&B\u0007<' },
    });
    expect(prepared).toMatchObject({ message: { text: 'A&B<\nBye' } });
  });

  it('is skipped without a number that the world can call', async () => {
    for (const phone of [undefined, '', '0151 1234567', '+0123456789', 'STOP', 49151, '+49151123456789012'])
      expect(await prepare({ text: 'x', contact: { phone } })).toMatchObject({ skip: 'no-address' });
  });

  it('is skipped when it would be paid as more parts than the client allows', async () => {
    const client = aClient();
    const parts = async (text: string) => {
      const prepared = await prepare({ text, client });
      return 'skip' in prepared
        ? prepared.detail
        : prepared.message.channel === 'sms' && prepared.message.segments;
    };
    expect(await parts('a'.repeat(6 * 153))).toBe(6);
    expect(await parts('a'.repeat(6 * 153 + 1))).toBe('the text would be 7 parts of GSM-7; at most 6');
    client.channels.sms = { maxParts: 1 };
    expect([await parts('a'.repeat(160)), await parts('ł'.repeat(70))]).toEqual([1, 1]);
    expect(await parts('ł'.repeat(71))).toBe('the text would be 2 parts of UCS-2; at most 1');
    client.channels.sms = { maxParts: 10 };
    expect(await parts('a'.repeat(1_530))).toBe(10);
    expect(await parts('😀'.repeat(401))).toBe('the text is longer than 1600 bytes');
  });

  it('is skipped when it is empty or longer than SNS takes', async () => {
    expect(await prepare({ text: "{{ contact.x | default: ' ' }}" })).toMatchObject({
      skip: 'template-failed',
    });
    expect(await prepare({ text: 'x'.repeat(1_601) })).toMatchObject({ skip: 'template-failed' });
  });
});
