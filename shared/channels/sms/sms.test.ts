import { describe, expect, it } from 'vitest';
import { anOrder } from '#test/builders/message-order';
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

  it('is skipped when it is empty or longer than SNS takes', async () => {
    expect(await prepare({ text: "{{ contact.x | default: ' ' }}" })).toMatchObject({
      skip: 'template-failed',
    });
    expect(await prepare({ text: 'x'.repeat(1_601) })).toMatchObject({ skip: 'template-failed' });
  });
});
