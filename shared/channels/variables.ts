import { isZone } from '#kernel/zones';
import type { Links } from './links.ts';
import type { MessageOrder } from './order.ts';

/** What templates may read. `links` of the message are known only for channels that can carry them. */
export const variablesOf = (order: MessageOrder, links?: Links): Record<string, unknown> => ({
  contact: order.contact,
  trigger: order.trigger ?? {},
  results: order.results ?? {},
  data: order.data ?? {},
  journey: { id: order.run.journey, name: order.run.journeyName },
  brand: { ...order.client.brand, postalAddress: order.client.postalAddress },
  links: {
    ...order.client.links,
    ...(order.confirm !== undefined && { confirm: order.confirm }),
    ...(links && { unsubscribe: links.unsubscribe, preferences: links.preferences }),
  },
});

const zoneOf = ({ contact, client }: MessageOrder): string =>
  typeof contact.timezone === 'string' && isZone(contact.timezone) ? contact.timezone : client.timezone;

/** Dates in a message are told in the contact's zone, else in the client's. */
export const momentOf = (order: MessageOrder): { now: number; zone: string } => ({
  now: order.now,
  zone: zoneOf(order),
});

/** One line of a header or title: no control characters, no runs of blanks. */
export const oneLine = (text: string, max: number): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, max)
    .toWellFormed();
