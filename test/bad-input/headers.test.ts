import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import type { EmailMessage, MessageOrder } from '#channels/order';
import { prepareMessage } from '#channels/prepare';
import { aClient, anOrder } from '#test/builders/message-order';

const template = (changes: object) => ({
  ...{ id: 'hello', channel: 'email' as const, subject: 'Hello, {{ contact.firstName }}' },
  ...{ html: '<p>Hi {{ contact.firstName }}</p>', text: 'Hi {{ contact.firstName }}', ...changes },
});
const named = (firstName: string, more: object = {}): Partial<MessageOrder> => ({
  contact: { email: 'ada@example.com', firstName, ...more },
  template: template({}),
});
const sender = (changes: object): Partial<MessageOrder> => ({
  client: { ...aClient(), sender: { ...aClient().sender, ...changes } },
});

interface Mail {
  subject: string;
  toName: string;
  fromName: string;
}
const shown = (name: string): Partial<Mail> => ({ subject: `Hello, ${name}`, toName: name });

/** What somebody wrote, and what stands in the mail that an independent parser reads. */
const injected: Readonly<Record<string, [order: Partial<MessageOrder>, expected: Partial<Mail>]>> = {
  'a line break and a header in a name': [
    named('Ada\r\nBcc: eve@evil.example'),
    shown('Ada Bcc: eve@evil.example'),
  ],
  'a bare line feed in a name': [named('Ada\nBcc: eve@evil.example'), shown('Ada Bcc: eve@evil.example')],
  'a bare carriage return in a name': [
    named('Ada\rBcc: eve@evil.example'),
    shown('Ada Bcc: eve@evil.example'),
  ],
  'the end of the headers in a name': [
    named('Ada\r\n\r\n<script>alert(1)</script>'),
    shown('Ada <script>alert(1)</script>'),
  ],
  'a folded header in a name': [named('Ada\r\n Bcc: eve@evil.example'), shown('Ada Bcc: eve@evil.example')],
  'the separators of Unicode in a name': [
    named('Ada\u2028Bcc: eve@evil.example\u2029x\u0085y'),
    shown('Ada Bcc: eve@evil.example x y'),
  ],
  'a NUL in a name': [named('A\0da'), shown('A da')],
  'an escape of a terminal in a name': [named('\u001b[31mAda'), shown('[31mAda')],
  'an encoded word in a name': [
    named('=?utf-8?Q?Ada=0D=0ABcc:_eve@evil.example?='),
    shown('= ?utf-8?Q?Ada=0D=0ABcc:_eve@evil.example?='),
  ],
  'an encoded word in Base64': [
    named('=?UTF-8?B?QWRhDQpCY2M6IGV2ZUBldmlsLmV4YW1wbGU=?='),
    shown('= ?UTF-8?B?QWRhDQpCY2M6IGV2ZUBldmlsLmV4YW1wbGU=?='),
  ],
  'an address in a name': [named('Eve <eve@evil.example>,'), shown('Eve <eve@evil.example>,')],
  'quotes and backslashes in a name': [
    named('A"d\\a" <eve@evil.example>'),
    shown('A"d\\a" <eve@evil.example>'),
  ],
  'a list of addresses in a name': [
    named('eve@evil.example, mal@evil.example;'),
    shown('eve@evil.example, mal@evil.example;'),
  ],
  'a comment in a name': [named('(Ada) (x\r\n)'), shown('(Ada) (x )')],
  'a name that is read backwards': [named('\u202eada\u202c'), shown('\u202eada\u202c')],
  'half a letter in a name': [named('Ada \ud83d'), shown('Ada \ufffd')],
  'a name of nothing but blanks and breaks': [named('\r\n \t x'), shown('x')],
  'a boundary of MIME in a name': [named('--=_x\r\n\r\n--=_x--'), shown('--=_x --=_x--')],
  'a very long name': [
    named('x'.repeat(5_000)),
    { subject: `Hello, ${'x'.repeat(393)}`, toName: 'x'.repeat(100) },
  ],
  'a very long name of other letters': [
    named('é'.repeat(5_000)),
    { subject: `Hello, ${'é'.repeat(393)}`, toName: 'é'.repeat(100) },
  ],
  'a header in the subject of a template': [
    { template: template({ subject: 'Hi\r\nBcc: eve@evil.example' }) },
    { subject: 'Hi Bcc: eve@evil.example' },
  ],
  'a header in a default': [
    {
      contact: { email: 'ada@example.com' },
      template: template({ subject: "{{ contact.x | default: 'a\r\nBcc: b' }}", html: undefined, text: 'x' }),
    },
    { subject: 'a Bcc: b' },
  ],
  'a header in what an event brought': [
    {
      trigger: { event: 'x', type: 'track', properties: { sku: 'A\r\nX-Evil: 1' } },
      template: template({ subject: '{{ trigger.properties.sku }}', text: 'x', html: undefined }),
    },
    { subject: 'A X-Evil: 1' },
  ],
  'a header in the name of the sender': [
    sender({ name: 'Acme\r\nBcc: eve@evil.example' }),
    { fromName: 'Acme Bcc: eve@evil.example' },
  ],
  'a header in the sender of a step': [
    { from: 'Acme\r\nBcc: eve@evil.example' },
    { fromName: 'Acme Bcc: eve@evil.example' },
  ],
  'two senders in a step': [
    { from: 'A <a@acme.example>, B <b@evil.example>' },
    { fromName: 'A <a@acme.example>, B <b@evil.example>' },
  ],
  'a header in the name of a journey': [
    {
      run: { ...anOrder().run, journeyName: 'Welcome\r\nBcc: eve@evil.example' },
      template: template({ subject: '{{ journey.name }}' }),
    },
    { subject: 'Welcome Bcc: eve@evil.example' },
  ],
  'a header in the name of a topic': [
    { topic: 'news', client: { ...aClient(), topics: { news: { name: 'News\r\nBcc: eve@evil.example' } } } },
    { subject: 'Hello, Ada' },
  ],
};

const refused: Readonly<Record<string, [order: Partial<MessageOrder>, skip: string, detail: string]>> = {
  'a header in an address': [
    { contact: { email: 'ada@example.com\r\nBcc: eve@evil.example' } },
    'no-address',
    'contact.email is no e-mail address',
  ],
  'two addresses': [
    { contact: { email: 'ada@example.com, eve@evil.example' } },
    'no-address',
    'contact.email is no e-mail address',
  ],
  'a name within the address': [
    { contact: { email: 'Ada <ada@example.com>' } },
    'no-address',
    'contact.email is no e-mail address',
  ],
  'a NUL in an address': [
    { contact: { email: 'ada\0@example.com' } },
    'no-address',
    'contact.email is no e-mail address',
  ],
  'a blank in an address': [
    { contact: { email: 'ada @example.com' } },
    'no-address',
    'contact.email is no e-mail address',
  ],
  'an address that is no text': [
    { contact: { email: ['ada@example.com'] } },
    'no-address',
    'contact.email is no e-mail address',
  ],
  'a very long address': [
    { contact: { email: `${'a'.repeat(300)}@example.com` } },
    'no-address',
    'contact.email is no e-mail address',
  ],
  'an address of a foreign sender': [
    { from: 'Eve <eve@evil.example>' },
    'template-failed',
    '"from" must be an address of acme.example',
  ],
  'a sender that looks like ours': [
    { from: 'Eve <eve@evil.acme.example.evil.example>' },
    'template-failed',
    '"from" must be an address of acme.example',
  ],
  'a header in the address of a sender': [
    { from: 'A <a@acme.example\r\nBcc: b@evil.example>' },
    'template-failed',
    '"from" must be an address of acme.example',
  ],
};

const make = async (order: Partial<MessageOrder>): Promise<EmailMessage> => {
  const prepared = await prepareMessage(anOrder(order));
  if ('skip' in prepared) throw new Error(`${prepared.skip}: ${prepared.detail}`);
  return prepared.message as EmailMessage;
};

const allowed = new Set([
  ...['from', 'to', 'reply-to', 'subject', 'message-id', 'date', 'mime-version', 'content-type'],
  ...['content-transfer-encoding', 'feedback-id', 'x-entity-ref-id', 'x-auto-response-suppress'],
  ...['list-unsubscribe', 'list-unsubscribe-post', 'list-id'],
]);

/** One receiver, no header that we did not write, ASCII in lines that every server takes. */
const insist = async ({ raw, to, envelopeFrom, tags }: EmailMessage): Promise<Mail> => {
  const text = Buffer.from(raw).toString('latin1');
  const mail = await PostalMime.parse(raw);
  expect(mail.headers.map(({ key }) => key).filter((key) => !allowed.has(key))).toEqual([]);
  expect(new Set(mail.headers.map(({ key }) => key)).size).toBe(mail.headers.length);
  expect([mail.to?.map(({ address }) => address), to, mail.cc, mail.bcc]).toEqual([
    ...[['ada@example.com'], 'ada@example.com', undefined, undefined],
  ]);
  expect([mail.from?.address, envelopeFrom, mail.attachments]).toEqual([
    ...['hello@acme.example', 'hello@acme.example', []],
  ]);
  expect(text).toMatch(/^[\t\r\n\x20-\x7e]*$/);
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  expect(Math.max(...text.split('\r\n').map(({ length }) => length))).toBeLessThanOrEqual(998);
  for (const tag of Object.values(tags)) expect(tag).toMatch(/^[A-Za-z0-9_.@-]{1,256}$/);
  return { subject: mail.subject ?? '', toName: mail.to?.[0]?.name ?? '', fromName: mail.from?.name ?? '' };
};

/** The mail of somebody harmless is made byte for byte as before. */
const good = await make({});
const stillMakes = async (): Promise<void> => expect((await make({})).raw).toEqual(good.raw);

test.each(Object.keys(injected))('%s stays text', async (name) => {
  const [order, expected] = injected[name]!;
  expect(await insist(await make(order))).toMatchObject(expected);
  await stillMakes();
});

test.each(Object.keys(refused))('%s gets no mail', async (name) => {
  const [order, skip, detail] = refused[name]!;
  expect(await prepareMessage(anOrder(order))).toEqual({ skip, detail });
  await stillMakes();
});
