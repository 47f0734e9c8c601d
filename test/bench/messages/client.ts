import type { MessageOrder } from '#channels/order';
import { type ClientFolder, readClientFolder } from '#infra/client-folder';
import { clientSchema } from '#model/client';
import type { CompiledTemplate } from '#model/journey';

/** A mail of the sample client as marketers write them: MJML, two links, a preheader. */
export const templateId = 'thank-you';

export const device = (n: number): string =>
  `arn:aws:sns:eu-central-1:111122223333:endpoint/APNS/acme/00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

const endless = { atMost: 1_000_000_000, per: '1 minute' };

/** Nothing holds a message back, and one caller may post as thousands would. */
export const folderWith = (journeys: Record<string, object>): ClientFolder => {
  const folder = readClientFolder('acme');
  const { quietHours: _, caps: __, ...client } = folder.client as Record<string, unknown>;
  const limits = { address: endless, forms: endless, events: endless, origin: endless, key: endless };
  return {
    ...folder,
    client: { ...client, limits, brake: false },
    journeys: Object.fromEntries(
      Object.entries(journeys).map(([id, journey]) => [id, JSON.stringify(journey)]),
    ),
    segments: {},
  };
};

export const journeyOf = (id: string, on: object, step: object): object => ({
  ...{ wayleaf: 1, id, name: id, enter: { on: [on] } },
  steps: [{ id: 'message', ...step }],
});

export const orderFor = (n: number, template: CompiledTemplate): MessageOrder => ({
  channel: 'email',
  sendId: `${String(n).padStart(20, 'c')}-${'5'.repeat(20)}`,
  contactId: String(n).padStart(20, 'c'),
  run: { id: `${'c'.repeat(20)}-${'7'.repeat(20)}`, journey: 'bench', journeyName: 'Bench', version: 1 },
  ...{ step: 'message', class: 'marketing', template },
  contact: { email: `contact-${n}@example.com`, firstName: `Number ${n}` },
  trigger: { event: 'Signed Up', type: 'track', properties: {} },
  client: clientSchema.parse(readClientFolder('acme').client),
  settings: {
    ...{ baseUrl: 'https://t.acme.example', sesConfigurationSet: 'wayleaf-acme' },
    teamTopicPrefix: 'arn:aws:sns:eu-central-1:111122223333:wayleaf-acme-team-',
  },
  keys: { current: 'k1', byKid: { k1: new Uint8Array(32).fill(7) } },
  now: Date.UTC(2026, 2, 2, 9),
});
