import type { ClientFolder } from '#infra/client-folder';
import type { Case } from '../interpreter/story.ts';

const timezone = 'Europe/Berlin';
export const clientTimezone = timezone;

const client = {
  name: 'acme',
  account: '111122223333',
  region: 'eu-central-1',
  sender: { domain: 'example.com', address: 'sender@example.com', name: 'Sender' },
  postalAddress: 'Example GmbH, Main Street 1, Berlin',
  brand: { name: 'Example' },
  links: { site: 'https://example.com/' },
  timezone,
  channels: { email: { tracking: false }, sms: { quietHours: false } },
  teams: { sales: { name: 'Sales', emails: [] } },
  topics: { news: { name: 'News' } },
  writeKeys: ['wk_acme'],
  alarm: 'alarm@example.com',
};

const mail = { channel: 'email', subject: 'Hello', text: 'Hello. {{ links.unsubscribe }}' };

/** As soon as one journey caps a channel, the others count what they send on it. */
const capping = {
  ...{ wayleaf: 1, id: 'capping', name: 'Capping', enter: { on: [{ event: 'Nobody Says This' }] } },
  sending: {
    cap: {
      email: { atMost: 1000, per: '366 days' },
      sms: { atMost: 1000, per: '366 days' },
      push: { atMost: 1000, per: '366 days' },
    },
  },
  steps: [
    { id: 'a', type: 'email', template: 'mail' },
    { id: 'b', type: 'sms', text: 'Hello' },
    { id: 'c', type: 'push', title: 'Hello', body: 'Hello' },
  ],
};

/** The client's folder with the journeys, segments and forms of all cases. */
export const house = (cases: readonly Case[]): ClientFolder => {
  const journeys = cases.flatMap((given) => given.journeys);
  return {
    client,
    journeys: Object.fromEntries(
      [...journeys, capping].map((journey) => [journey.id, JSON.stringify(journey)]),
    ),
    templates: { mail },
    forms: Object.fromEntries(formsOf(journeys).map((id) => [id, { name: id, fields }])),
    segments: Object.assign({}, ...cases.map(({ segments }) => segments)) as Record<string, unknown>,
  };
};

const fields = {
  email: { type: 'email' },
  total: { type: 'number' },
  kind: { type: 'text' },
  when: { type: 'date' },
};

const formsOf = (journeys: Case['journeys']): string[] =>
  [...JSON.stringify(journeys).matchAll(/"form":"([^"]+)"/g)].map(([, id]) => id!);
