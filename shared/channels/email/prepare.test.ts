import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { aClient, anOrder } from '#test/builders/message-order';
import { createLinks, verifyLink } from '../links.ts';
import type { EmailMessage, MessageOrder } from '../order.ts';
import { prepareMessage } from '../prepare.ts';

const prepare = async (changes: Partial<MessageOrder> = {}) => {
  const prepared = await prepareMessage(anOrder(changes));
  if ('skip' in prepared) throw new Error(`skipped: ${prepared.skip} ${prepared.detail}`);
  const message = prepared.message as EmailMessage;
  const mail = await PostalMime.parse(message.raw);
  const header = (name: string): string | undefined =>
    mail.headers.find((h) => h.key === name.toLowerCase())?.value;
  return { message, mail, header, raw: Buffer.from(message.raw).toString('latin1') };
};
const skipped = async (changes: Partial<MessageOrder>): Promise<string> => {
  const prepared = await prepareMessage(anOrder(changes));
  return 'skip' in prepared ? `${prepared.skip}: ${prepared.detail}` : 'prepared';
};
const html = (body: string): Partial<MessageOrder> => ({
  template: { id: 't', channel: 'email', subject: 'S', html: `<body>${body}</body>`, text: 'T' },
});
const hrefs = (source = ''): string[] =>
  [...source.matchAll(/\shref\s*=\s*"([^"]*)"/gi)].map((m) => m[1] ?? '');
const destination = (href: string): string | undefined => {
  const verified = verifyLink(anOrder().keys, 'click', href.split('/c/')[1] ?? '');
  return 'facts' in verified ? verified.facts.url : undefined;
};

describe('an e-mail', () => {
  it('reads back as it was written', async () => {
    const { mail, message } = await prepare();
    expect(mail.from).toMatchObject({ name: 'Acme', address: 'hello@acme.example' });
    expect(mail.to).toEqual([{ name: 'Ada Lovelace', address: 'ada@example.com' }]);
    expect(mail.replyTo).toEqual([{ name: '', address: 'team@acme.example' }]);
    expect(mail.subject).toBe('Hello, Ada');
    expect(mail.date).toBe('2026-03-01T09:00:00.000Z');
    expect(mail.html).toContain('<p>Hi Ada</p>');
    expect(mail.text).toContain('Hi Ada: https://www.acme.example/trial?a=1&b=2');
    expect(message).toMatchObject({ to: 'ada@example.com', subject: 'Hello, Ada', configurationSet: 'acme' });
  });

  it('has the same bytes when it is made again', async () => {
    expect((await prepare()).raw).toBe((await prepare()).raw);
  });

  it('names itself by the send, in the message and in the tags that SES gives back', async () => {
    const { mail, message } = await prepare();
    const { sendId } = anOrder();
    expect(mail.messageId).toBe(`<${sendId}@acme.example>`);
    expect(message.tags).toEqual({ sendId, journey: 'welcome', step: 'hello', version: '3' });
    for (const value of Object.values(message.tags)) expect(value).toMatch(/^[A-Za-z0-9_-]+$/);
  });

  it('keeps letters of any script', async () => {
    const contact = { email: 'li@example.com', firstName: '李 "小" <龙>', lastName: 'Øß, é' };
    const { mail } = await prepare({ contact });
    expect(mail.subject).toBe('Hello, 李 "小" <龙>');
    expect(mail.to?.[0]?.name).toBe('李 "小" <龙> Øß, é');
    expect(mail.html).toContain('李 &#34;小&#34; &lt;龙&gt;');
  });

  it('writes no line over 998 octets', async () => {
    const { raw } = await prepare(html(`<p>${'é<b>x</b>'.repeat(2_000)}</p>`));
    expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
    expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });
});

describe('the way out of marketing mail', () => {
  it('is one click, by RFC 8058', async () => {
    const { header, raw } = await prepare();
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    const [, token] =
      /^<https:\/\/t\.acme\.example\/u\/([^>]+)>$/.exec(header('list-unsubscribe') ?? '') ?? [];
    expect(verifyLink(anOrder().keys, 'unsubscribe', token ?? '')).toMatchObject({
      facts: { sendId: anOrder().sendId, channel: 'email' },
    });
    expect(raw.match(/^List-Unsubscribe: <https:\S+>\r$/gim)).toHaveLength(1);
  });

  it('is about the topic where there is one', async () => {
    const { header } = await prepare({ topic: 'news' });
    const token = header('list-unsubscribe')?.slice(1, -1).split('/u/')[1] ?? '';
    expect(verifyLink(anOrder().keys, 'unsubscribe', token)).toMatchObject({ facts: { topic: 'news' } });
    expect(header('list-id')).toBe('<news.acme.acme.example>');
  });

  it('and the postal address are added where the template has them not', async () => {
    const { mail } = await prepare();
    for (const body of [mail.html, mail.text]) {
      expect(body).toContain('Torstraße 1');
      expect(body).toContain('https://t.acme.example/u/');
    }
  });

  it('speaks the language of the contact, in the words of the client', async () => {
    const contact = { ...anOrder().contact, language: 'de-AT' };
    const client = { ...aClient(), messages: { de: { 'footer-preferences': 'Themen <wählen>' } } };
    const { mail } = await prepare({ contact, client });
    expect(mail.html).toContain('>Abmelden</a>');
    expect(mail.html).toContain('>Themen &lt;wählen&gt;</a>');
    expect(mail.text).toContain('Abmelden: https://t.acme.example/u/');
  });

  it('is not added twice', async () => {
    const own = '<a href="{{ links.unsubscribe }}">Leave</a> {{ brand.postalAddress }}';
    const { mail } = await prepare(html(own));
    expect(mail.html?.match(/\/u\//g)).toHaveLength(1);
    expect(mail.html?.match(/Torstraße/g)).toHaveLength(1);
  });

  it('is left out of transactional mail', async () => {
    const { header, mail } = await prepare({ class: 'transactional' });
    expect(header('list-unsubscribe')).toBeUndefined();
    expect(mail.html).not.toContain('/u/');
    expect(header('auto-submitted')).toBe('auto-generated');
  });
});

describe('tracking', () => {
  it('sends clicks through us, with the destination sealed inside', async () => {
    const { mail } = await prepare(
      html('<a class="x" href="https://www.acme.example/a?x=1&amp;y=2#z">A</a>'),
    );
    const [link = ''] = hrefs(mail.html);
    expect(link).toMatch(/^https:\/\/t\.acme\.example\/c\//);
    expect(destination(link)).toBe('https://www.acme.example/a?x=1&y=2#z');
  });

  it('places one open pixel before the end of the body', async () => {
    const { mail } = await prepare();
    expect(mail.html).toMatch(/<img src="https:\/\/t\.acme\.example\/o\/[^"]+"[^>]*><\/body>/);
  });

  it('leaves mail addresses, anchors and our own links alone', async () => {
    const own =
      '<a href="mailto:a@b.example">m</a><a href="#top">t</a><a href="{{ links.preferences }}">p</a>';
    const { mail } = await prepare(html(own));
    const [mailto, anchor, preferences] = hrefs(mail.html);
    expect(mailto).toBe('mailto:a@b.example');
    expect(anchor).toBe('#top');
    expect(preferences).toMatch(/^https:\/\/t\.acme\.example\/p\//);
  });

  it('redirects to no host that comes from data of the contact', async () => {
    const contact = { ...anOrder().contact, website: 'https://evil.example/', host: '.evil.example' };
    const all = [
      '<a href="{{ contact.website }}">x</a>',
      '<a href="https://www.acme.example{{ contact.host }}/">x</a>',
      '<a href="https://www.acme.example@evil.example/">x</a>',
    ];
    for (const body of all) {
      const { mail } = await prepare({ ...html(body), contact });
      expect(hrefs(mail.html)[0]).toContain('evil.example');
    }
  });

  it('drops links that run programs', async () => {
    const contact = { ...anOrder().contact, website: ' jAvaScript:alert(1)' };
    const { mail } = await prepare({
      ...html('<a href="{{ contact.website }}">x</a><a href="data:text/html,x">y</a>'),
      contact,
    });
    expect(hrefs(mail.html).slice(0, 2)).toEqual(['#', '#']);
  });

  it('finds every writing of a link and no other attribute', async () => {
    const own = `<A data-href="https://www.acme.example/0" HREF = 'https://www.acme.example/1'>1</A>
      <a title="a > b" href=https://www.acme.example/2>2</a><link href="https://www.acme.example/3"><abbr href="https://www.acme.example/4">`;
    const { mail } = await prepare(html(own));
    const tracked = hrefs(mail.html).map(destination).filter(Boolean);
    expect(tracked).toEqual(['https://www.acme.example/1', 'https://www.acme.example/2']);
    expect(mail.html).toContain('data-href="https://www.acme.example/0"');
  });

  it('counts clicks in mail that is only text', async () => {
    const { mail } = await prepare({
      template: { id: 't', channel: 'email', subject: 'S', text: 'See ({{ links.trial }}).' },
    });
    const [, link = ''] = /See \((https:\S+)\)\./.exec(mail.text ?? '') ?? [];
    expect(destination(link)).toBe('https://www.acme.example/trial?a=1&b=2');
    expect(mail.html).toBeUndefined();
  });

  it('can be turned off', async () => {
    const client = { ...aClient(), channels: { email: { tracking: false } } };
    const { mail } = await prepare({ client });
    expect(mail.html).not.toMatch(/\/[oc]\//);
    expect(hrefs(mail.html)[0]).toBe('https://www.acme.example/trial?a=1&amp;b=2');
  });

  it('stays fast on HTML made to be slow', async () => {
    const start = performance.now();
    await prepare(html(`${'<a '.repeat(20_000)}${'<a href="'.repeat(5_000)}${'<a x="'.repeat(5_000)}`));
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});

describe('header injection', () => {
  const evil = 'x\r\nBcc: victim@example.com\r\n\r\n<b>body</b>';

  it('does not happen through the subject, the names or the fields of the contact', async () => {
    const contact = { email: 'ada@example.com', firstName: evil, lastName: `\u2028${evil}\u0000` };
    const orders: Partial<MessageOrder>[] = [
      { contact },
      { contact, subject: '{{ contact.firstName }}' },
      { contact, from: evil },
      { contact, subject: `Hi =?utf-8?Q?=0D=0ABcc:_victim@example.com?= {{ contact.lastName }}` },
    ];
    for (const order of orders) {
      const { mail, raw } = await prepare(order);
      const head = raw.slice(0, raw.indexOf('\r\n\r\n'));
      expect(mail.bcc ?? []).toEqual([]);
      expect(head).not.toMatch(/^bcc/im);
      expect(mail.to).toHaveLength(1);
    }
  });

  it('refuses an address that is more than one address', async () => {
    const addresses = [
      'a@b.example\r\nBcc: c@d.example',
      'a@b.example, c@d.example',
      'a@b.example;c@d.example',
      'Ada <a@b.example>',
      'a@b.example (note)',
      '"a b"@c.example',
      'a@b',
      '@b.example',
      '',
      7,
      null,
      ['a@b.example'],
    ];
    for (const email of addresses) expect(await skipped({ contact: { email } })).toMatch(/^no-address/);
  });

  it('refuses a sender outside the verified domain, and takes one within', async () => {
    expect(await skipped({ from: 'Boss <boss@evil.example>' })).toMatch(/^template-failed: "from"/);
    expect(await skipped({ from: 'Boss <boss@notacme.example>' })).toMatch(/^template-failed/);
    expect((await prepare({ from: 'Mara <mara@acme.example>' })).mail.from).toMatchObject({
      name: 'Mara',
      address: 'mara@acme.example',
    });
  });
});

describe('a message that cannot be made', () => {
  it('is skipped with the variable that is missing', async () => {
    expect(await skipped({ contact: { email: 'ada@example.com' } })).toBe(
      'missing-variable: contact.firstName',
    );
  });

  it('is skipped when the template breaks its bounds', async () => {
    expect(await skipped(html('{% for i in (1..1000000) %}x{% endfor %}'))).toMatch(
      /^template-failed: the template does too much/,
    );
  });

  it('is skipped when the subject comes out empty', async () => {
    expect(await skipped({ subject: "{{ contact.x | default: ' ' }}" })).toMatch(
      /^template-failed: the subject/,
    );
  });

  it('tells no value of the contact in its reason', async () => {
    const detail = await skipped({ ...html('{{ contact }}') });
    expect(detail).not.toContain('ada');
  });
});

describe('the links of a message', () => {
  it('are the same in the body and in the header', async () => {
    const { header, mail } = await prepare(html('<a href="{{ links.unsubscribe }}">x</a>'));
    const { keys, settings, sendId, now } = anOrder();
    const links = createLinks(keys, settings.baseUrl, { sendId, channel: 'email', madeAt: now });
    expect(header('list-unsubscribe')).toBe(`<${links.unsubscribe}>`);
    expect(hrefs(mail.html)[0]).toBe(links.unsubscribe);
  });
});
