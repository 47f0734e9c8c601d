import { expect, it } from 'vitest';
import { useBothSides } from './both-sides.ts';
import { isStricter, text } from './compare.ts';
import { Draw } from './draw.ts';
import { anOperation } from './operations.ts';
import { seed } from './seed.ts';
import { testTables } from './tables.ts';

const { both, endpoint, ours, theirs } = useBothSides();

type Reply = Record<string, unknown>;

/** The streams' own protocol; production code has no use for its client. */
const callTheirs = async (operation: string, input: object): Promise<Reply> => {
  const scope = 'local/20261122/eu-central-1/dynamodb/aws4_request';
  const response = await fetch(endpoint(), {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDBStreams_20120810.${operation}`,
      'x-amz-date': '20261122T000000Z',
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(input),
  });
  return (await response.json()) as Reply;
};
const callOurs = async (name: string, input: object): Promise<Reply> => {
  const { output, error } = await ours().run({ name, input: input as Reply });
  if (!output) throw new Error(error?.message);
  return output;
};

const readAll = async (call: typeof callOurs, TableName: string): Promise<Reply[]> => {
  const { Streams } = await call('ListStreams', { TableName });
  const { StreamArn } = (Streams as Reply[])[0]!;
  const { StreamDescription } = await call('DescribeStream', { StreamArn });
  const records: Reply[] = [];
  for (const { ShardId } of (StreamDescription as { Shards: Reply[] }).Shards) {
    let { ShardIterator } = await call('GetShardIterator', {
      StreamArn,
      ShardId,
      ShardIteratorType: 'TRIM_HORIZON',
    });
    for (let page: unknown[] = [{}]; page.length > 0 && ShardIterator; ) {
      const answer = await call('GetRecords', { ShardIterator, Limit: 100 });
      page = answer.Records as unknown[];
      records.push(...(page as Reply[]));
      ShardIterator = answer.NextShardIterator;
    }
  }
  return records;
};

/** What is the same wherever it happened. Bytes are base64 on the wire. */
const essence = (record: Reply): string => {
  const { Keys, NewImage, OldImage, StreamViewType } = record.dynamodb as Reply;
  const onWire = JSON.parse(
    JSON.stringify({ Keys, NewImage, OldImage }, (_, member: unknown) =>
      member instanceof Uint8Array ? Buffer.from(member).toString('base64') : member,
    ),
  );
  return text({ ...onWire, StreamViewType, eventName: record.eventName, eventSource: record.eventSource });
};

/** Items that one request wrote together have no order among them. */
const byItem = (records: readonly Reply[]): Record<string, string[]> => {
  const groups = Map.groupBy(records, ({ dynamodb }) => text((dynamodb as Reply).Keys));
  return Object.fromEntries([...groups].map(([key, group]) => [key, group.map(essence)]));
};

it(`the stream has the same records of each item in the same order (WAYLEAF_SEED=${seed})`, async () => {
  const draw = new Draw(seed);
  const tables = testTables(0);
  for (const { definition } of tables) await both('CreateTable', definition);
  for (let i = 0; i < 600; i++) {
    const operation = anOperation(draw, tables);
    if (!isStricter(await ours().run(operation))) await theirs().run(operation);
  }
  const records = await readAll(callOurs, tables[0].name);
  const expected = await readAll(callTheirs, tables[0].name);
  expect(records.length).toBeGreaterThan(50);
  expect(byItem(records)).toEqual(byItem(expected));
});
