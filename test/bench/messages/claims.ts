import { createWorld, type World } from '#infra/local/world';
import { prices } from '#infra/prices';
import { start } from '../reference.ts';
import { rounded, type Table } from '../section.ts';
import { device, folderWith, journeyOf, templateId } from './client.ts';

/** What DynamoDB bills for the message of one contact, in `run-step`. */
export interface Units {
  reads: number;
  /** The transaction in which everything is checked and the send is written down. */
  claim: number;
  /** What became of it, and the end of the step. */
  other: number;
  /** A plain put of the same record, with nothing checked. */
  plain: number;
}

const steps: Readonly<Record<string, object>> = {
  email: { type: 'email', template: templateId },
  sms: { type: 'sms', text: 'Hello {{ contact.firstName }}' },
  push: { type: 'push', title: 'Hello', body: 'Look {{ contact.firstName }}' },
  notify: { type: 'notify', team: 'sales', text: 'Look at {{ contact.firstName }}' },
};
export const channels: readonly string[] = Object.keys(steps);

interface Capacity {
  CapacityUnits?: number;
}
interface Call {
  ReturnConsumedCapacity?: string;
  TransactItems?: { Put?: { Item?: Record<string, { S?: string }> } }[];
}
const sumOf = (capacity: Capacity | Capacity[] | undefined): number =>
  [capacity ?? []].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
const isRead = (operation: string): boolean => /^(?:Get|BatchGet|Query|Scan|TransactGet)/.test(operation);
const recordIn = ({ TransactItems = [] }: Call) =>
  TransactItems.find(({ Put }) => Put?.Item?.kind?.S === 'send')?.Put?.Item;

/** Of one channel, by messages that were sent. */
const measureChannel = async (channel: string, count: number): Promise<Units> => {
  const found: Units = { reads: 0, claim: 0, other: 0, plain: 0 };
  const records: unknown[] = [];
  const world = await createWorld({
    client: folderWith({ bench: journeyOf('bench', { event: 'Go' }, steps[channel]!) }),
    ...{ clock: 'virtual', start, seed: 1, sync: 'off' },
    async intercept({ service, operation, input, caller }, next) {
      if (service !== 'dynamodb' || caller !== 'run-step') return next();
      const call = input as Call;
      call.ReturnConsumedCapacity = 'TOTAL';
      const output = (await next()) as { ConsumedCapacity?: Capacity | Capacity[] };
      const record = recordIn(call);
      if (record) records.push(record);
      found[isRead(operation) ? 'reads' : record ? 'claim' : 'other'] += sumOf(output.ConsumedCapacity);
      return output;
    },
  });
  try {
    await sendAll(world, count);
    const sent = (await world.outbox()).length;
    if (sent !== count || records.length !== count)
      throw new Error(`${channel}: ${sent} of ${count} were sent`);
    for (const Item of records) found.plain += await putPlainly(world, Item);
  } finally {
    await world.close();
  }
  const each = (units: number): number => units / count;
  return {
    reads: each(found.reads),
    claim: each(found.claim),
    other: each(found.other),
    plain: each(found.plain),
  };
};

const putPlainly = async ({ services, settings }: World, Item: unknown): Promise<number> => {
  const put = { TableName: settings.mainTable, Item, ReturnConsumedCapacity: 'TOTAL' };
  return sumOf(
    ((await services.dynamodb('PutItem', put)) as { ConsumedCapacity?: Capacity }).ConsumedCapacity,
  );
};

const sendAll = async (world: World, count: number): Promise<void> => {
  const post = (path: string, body: object) =>
    world.http({ method: 'POST', path, headers: { authorization: `Basic ${btoa('wk_acme:')}` }, body });
  for (let n = 0; n < count; n++)
    await post('/v1/identify', {
      userId: `u${n}`,
      traits: {
        ...{ email: `u${n}@example.com`, firstName: 'Ada', phone: `+49151${10_000_000 + n}` },
        ...{ pushEndpoint: device(n), consent: ['email', 'sms', 'push'] },
      },
    });
  await world.drain();
  for (let n = 0; n < count; n++) await post('/v1/track', { userId: `u${n}`, event: 'Go' });
  await world.advance('2 minutes');
};

export const measureClaims = async (count: number): Promise<[string, Units][]> => {
  const found: [string, Units][] = [];
  for (const channel of channels) found.push([channel, await measureChannel(channel, count)]);
  return found;
};

const dollars = ({ reads, claim, other }: Units): number =>
  1000 * (reads * prices.dynamoReadUnit + (claim + other) * prices.dynamoWriteUnit);

export const claimTable = (found: readonly [string, Units][]): Table => ({
  title: 'What DynamoDB bills for one message, in units',
  header: [
    ...['channel', 'read units', 'claim: write units', 'other write units', 'all, $ per 1,000'],
    ...['a plain put of the record: write units', 'claim, of a plain put'],
  ],
  rows: found.map(([channel, units]) => [
    ...[channel, rounded(units.reads), rounded(units.claim), rounded(units.other), rounded(dollars(units))],
    ...[rounded(units.plain), `${rounded(units.claim / units.plain)}×`],
  ]),
});
