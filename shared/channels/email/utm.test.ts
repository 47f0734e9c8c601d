import { describe, expect, it } from 'vitest';
import { type Client, clientSchema } from '#model/client';
import { aClient, anOrder } from '#test/builders/message-order';
import { verifyLink } from '../links.ts';
import type { EmailMessage, MessageOrder } from '../order.ts';
import { prepareMessage } from '../prepare.ts';
import { createMarks, withQuery } from './utm.ts';

const withUtm = (utm: object, more: object = {}): Client =>
  clientSchema.parse({ ...aClient(), channels: { email: { utm, ...more } } });
const marks = (utm: object): ((url: string) => string) => createMarks(anOrder({ client: withUtm(utm) }));
const usual = 'utm_source=acme&utm_medium=email&utm_campaign=welcome&utm_content=hello';

describe('the marks of a link', () => {
  it('name the client, the journey and the step, on the sites of the client', () => {
    expect(marks({})('https://www.acme.example/a')).toBe(usual);
    expect(
      marks({ source: 'Über uns', medium: 'newsletter', campaign: 'a&b' })('https://www.acme.example/'),
    ).toBe('utm_source=%C3%9Cber+uns&utm_medium=newsletter&utm_campaign=a%26b&utm_content=hello');
  });

  it('stand on no site of others, nor where the author wrote marks', () => {
    for (const url of [
      'https://acme.example.evil.example/',
      'https://notacme.example/',
      'https://www.acme.example/?utm_source=mine',
      'mailto:a@www.acme.example',
      'https://',
    ])
      expect(marks({})(url)).toBe('');
    expect(marks({ hosts: ['acme.example'] })('https://shop.acme.example/')).toBe(usual);
    expect(createMarks(anOrder())('https://www.acme.example/')).toBe('');
  });
});

it.each([
  ['https://a.example', 'https://a.example?q'],
  ['https://a.example/?', 'https://a.example/?q'],
  ['https://a.example/?x=1&', 'https://a.example/?x=1&q'],
  ['https://a.example/?x=%20#top?y', 'https://a.example/?x=%20&q#top?y'],
  ['https://a.example/#/?x=1', 'https://a.example/?q#/?x=1'],
])('a query joins %s before the fragment', (url, whole) => expect(withQuery(url, 'q')).toBe(whole));

describe('a marked mail', () => {
  const prepare = async (changes: Partial<MessageOrder>): Promise<string> => {
    const template = {
      id: 't',
      channel: 'email',
      subject: 'S',
      text: '{{ links.trial }} https://other.example/',
    } as const;
    const prepared = await prepareMessage(anOrder({ template, ...changes }));
    if ('skip' in prepared) throw new Error(prepared.detail);
    const raw = Buffer.from((prepared.message as EmailMessage).raw).toString('latin1');
    return raw.replace(/=\r\n/g, '').replaceAll('=3D', '=');
  };

  it('carries the marks beside the destination, which stays what the journey asks for', async () => {
    const raw = await prepare({ client: withUtm({}) });
    const [, token = ''] = /\/c\/([\w.-]+)/.exec(raw) ?? [];
    expect(verifyLink(anOrder().keys, 'click', token)).toMatchObject({
      facts: { url: 'https://www.acme.example/trial?a=1&b=2', query: usual },
    });
  });

  it('has them in the address where clicks are not counted', async () => {
    const raw = await prepare({ client: withUtm({}, { tracking: false }) });
    expect(raw).toContain(`https://www.acme.example/trial?a=1&b=2&${usual}`);
    expect(raw).toContain('https://other.example/');
    expect(raw).not.toContain('/c/');
  });
});
