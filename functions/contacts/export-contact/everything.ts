import * as z from 'zod';
import { sentIdOf } from '#kernel/ids';
import { contactSchema } from '#model/contact';
import type { Item } from '#store/table';

/** What an item is called in the export; of each there may be many. */
const names: Readonly<Record<string, string>> = {
  event: 'events',
  run: 'runs',
  step: 'steps',
  send: 'messages',
  consent: 'consents',
  membership: 'segments',
  entry: 'journeys',
  caps: 'sentTimes',
  refusal: 'refusals',
  watch: 'watches',
  device: 'devices',
};

const items = z.array(z.looseObject({})).optional();

/** Of what there is nothing, there is no list. */
export const exportSchema = z.looseObject({
  exportedAt: z.string(),
  contact: contactSchema,
  identities: z
    .array(z.object({ kind: z.string(), value: z.string() }))
    .describe('What leads to the contact'),
  suppressions: z
    .array(z.object({ channel: z.string(), address: z.string(), reason: z.string(), at: z.string() }))
    .describe('What is remembered against its addresses'),
  ...Object.fromEntries(Object.values(names).map((name) => [name, items])),
  next: z.string().optional().describe('There is more: ask again with `?after=`'),
});

/** How the tables find things again; it says nothing about the contact. */
const internals = new Set(
  'pk sk unsettled unsettledAt agenda agendaAt memberOf memberSince expiresAt owner'.split(' '),
);

/** A token resumes an execution: it is nobody's data. */
const withoutToken = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || !('token' in value)) return value;
  const { token: _, ...rest } = value as Record<string, unknown>;
  return rest;
};

const plain = (_: string, value: unknown): unknown => (value instanceof Set ? [...value] : value);

/** One item as it is handed out: the name of its list, and what it says. The profile is told apart. */
export const describeItem = (item: Item): { list: string; value: unknown; bytes: number } | undefined => {
  if (item.sk === 'PROFILE') return undefined;
  const members = Object.entries(item)
    .filter(([name]) => !internals.has(name))
    .map(([name, value]) => [name, name === 'wait' ? withoutToken(value) : value])
    .map(([name, value]) => [name, item.kind === 'event' && name === 'id' ? sentIdOf(String(value)) : value]);
  const text = JSON.stringify(Object.fromEntries(members), plain);
  const list = names[String(item.kind)] ?? 'others';
  return { list, value: JSON.parse(text), bytes: Buffer.byteLength(text) };
};
