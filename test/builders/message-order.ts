import type { MessageOrder } from '#channels/order';
import { clientSchema } from '#model/client';

/** A complete order for tests; parts replaced at will. */
export const anOrder = (changes: Partial<MessageOrder> = {}): MessageOrder => ({
  channel: 'email',
  sendId: `${'c'.repeat(20)}-${'5'.repeat(20)}`,
  contactId: 'c'.repeat(20),
  run: { id: `${'c'.repeat(20)}-${'7'.repeat(20)}`, journey: 'welcome', journeyName: 'Welcome', version: 3 },
  step: 'hello',
  class: 'marketing',
  template: {
    id: 'hello',
    channel: 'email',
    subject: "Hello, {{ contact.firstName | default: 'you' }}",
    preheader: 'A short word',
    html: '<html><body><p>Hi {{ contact.firstName }}</p><a href="{{ links.trial }}">Try</a></body></html>',
    text: 'Hi {{ contact.firstName }}: {{ links.trial }}',
  },
  contact: { email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace', phone: '+4915112345678' },
  trigger: { event: 'Signed Up', type: 'track', properties: {} },
  client: aClient(),
  settings: {
    baseUrl: 'https://t.acme.example',
    sesConfigurationSet: 'acme',
    teamTopicPrefix: 'arn:aws:sns:eu-central-1:111122223333:acme-',
  },
  keys: { current: 'k1', byKid: { k1: new Uint8Array(32).fill(7) } },
  now: Date.UTC(2026, 2, 1, 9),
  ...changes,
});

export const aClient = (): MessageOrder['client'] =>
  clientSchema.parse({
    name: 'acme',
    account: '111122223333',
    region: 'eu-central-1',
    sender: {
      domain: 'acme.example',
      address: 'hello@acme.example',
      name: 'Acme',
      replyTo: 'team@acme.example',
    },
    postalAddress: 'Acme GmbH, Torstraße 1, 10119 Berlin',
    brand: { name: 'Acme' },
    links: { trial: 'https://www.acme.example/trial?a=1&b=2' },
    timezone: 'Europe/Berlin',
    channels: { email: {}, sms: { senderId: 'ACME' } },
    teams: { sales: { name: 'Sales' } },
    writeKeys: ['wk_acme'],
    alarm: 'ops@acme.example',
  });
