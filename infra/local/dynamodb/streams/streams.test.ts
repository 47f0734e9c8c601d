import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDynamo, key, mainTable, start, type TestDynamo } from '../testing/dynamo.ts';
import { toLambdaRecord } from './lambda-record.ts';

const main = { TableName: 'main' };
const hour = 60 * 60 * 1000;

let world: TestDynamo;
beforeEach(async () => {
  world = await createTestDynamo();
});
afterEach(() => world.db.close());

const records = (after = '') => world.dynamo.readStream('main', after, 1000);
const changes = () => records().map(({ eventName, dynamodb }) => `${eventName} ${dynamodb.Keys.sk?.S}`);

describe('the stream', () => {
  it('has every change once, in order, with both images', async () => {
    await world.put({ ...key('a'), n: { N: '1' } });
    await world.put({ ...key('a'), n: { N: '2' } });
    await world.execute('DeleteItem', { ...main, Key: key('a') });
    expect(records()).toMatchObject([
      { eventName: 'INSERT', dynamodb: { Keys: key('a'), NewImage: { ...key('a'), n: { N: '1' } } } },
      { eventName: 'MODIFY', dynamodb: { OldImage: { n: { N: '1' } }, NewImage: { n: { N: '2' } } } },
      { eventName: 'REMOVE', dynamodb: { Keys: key('a'), OldImage: { ...key('a'), n: { N: '2' } } } },
    ]);
    const [first] = records();
    expect(first).toMatchObject({
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'eu-central-1',
    });
    expect(first?.dynamodb.ApproximateCreationDateTime).toEqual(new Date(start));
    expect(first?.dynamodb).not.toHaveProperty('OldImage');
    expect(first?.dynamodb.SizeBytes).toBe(6 + 9);
  });

  it('has nothing of a write that changes nothing, or that was refused', async () => {
    await world.put({ ...key('a'), n: { N: '1' }, s: { SS: ['x', 'y'] } });
    await world.put({ s: { SS: ['y', 'x'] }, n: { N: '1.0' }, ...key('a') });
    await world.execute('DeleteItem', { ...main, Key: key('absent') });
    await world
      .execute('PutItem', { ...main, Item: key('a'), ConditionExpression: 'attribute_not_exists(pk)' })
      .catch(() => {});
    expect(changes()).toEqual(['INSERT a']);
  });

  it('goes on behind a sequence number', async () => {
    await world.put(key('a'));
    const newest = world.dynamo.newestSequence('main');
    await world.put(key('b'));
    expect(records(newest).map(({ dynamodb }) => dynamodb.Keys.sk?.S)).toEqual(['b']);
  });

  it('calls once for all commits of a turn, after them', async () => {
    const calls: string[] = [];
    const stop = world.dynamo.onStream((table) => calls.push(`${table} ${changes().length}`));
    await Promise.all([world.put(key('a')), world.put(key('b'))]);
    stop();
    await world.put(key('c'));
    expect(calls).toEqual(['main 2']);
  });

  it('forgets after 24 hours and counts on', async () => {
    await world.put(key('a'));
    const newest = world.dynamo.newestSequence('main');
    await world.advance(25 * hour);
    expect(changes()).toEqual([]);
    for (let i = 0; i < 600; i++) await world.put(key(`${i}`));
    expect(records()[0]!.dynamodb.SequenceNumber > newest).toBe(true);
    expect(world.db.prepare('SELECT count(*) AS n FROM dynamodb_stream_1 WHERE at = ?').get(start)).toEqual({
      n: 0,
    });
  });

  it.each([
    ['KEYS_ONLY', false, false],
    ['NEW_IMAGE', true, false],
    ['OLD_IMAGE', false, true],
    ['NEW_AND_OLD_IMAGES', true, true],
  ] as const)('shows what %s shows', async (StreamViewType, hasNew, hasOld) => {
    const table = {
      ...mainTable,
      TableName: 'other',
      StreamSpecification: { StreamEnabled: true, StreamViewType },
    };
    await world.execute('CreateTable', table);
    for (const n of ['1', '2'])
      await world.execute('PutItem', { TableName: 'other', Item: { ...key('a'), n: { N: n } } });
    const { dynamodb } = world.dynamo.readStream('other', '', 10)[1]!;
    expect([dynamodb.NewImage !== undefined, dynamodb.OldImage !== undefined]).toEqual([hasNew, hasOld]);
    expect(dynamodb.Keys).toEqual(key('a'));
  });

  it('is read through iterators as AWS has them', async () => {
    await world.put(key('a'));
    const { Streams } = await world.execute('ListStreams', main);
    const { StreamArn } = Streams[0] as { StreamArn: string };
    const { StreamDescription } = await world.execute('DescribeStream', { StreamArn });
    const { ShardId } = (StreamDescription as { Shards: { ShardId: string }[] }).Shards[0]!;
    const iterator = async (ShardIteratorType: string, SequenceNumber?: string) =>
      (await world.execute('GetShardIterator', { StreamArn, ShardId, ShardIteratorType, SequenceNumber }))
        .ShardIterator;
    const latest = await iterator('LATEST');
    await world.put(key('b'));
    const read = async (ShardIterator: string) =>
      (await world.execute('GetRecords', { ShardIterator })).Records.map(
        ({ dynamodb }) => dynamodb.Keys.sk?.S,
      );
    const [first] = records();
    expect(await read(await iterator('TRIM_HORIZON'))).toEqual(['a', 'b']);
    expect(await read(latest)).toEqual(['b']);
    expect(await read(await iterator('AT_SEQUENCE_NUMBER', first!.dynamodb.SequenceNumber))).toEqual([
      'a',
      'b',
    ]);
    expect(await read(await iterator('AFTER_SEQUENCE_NUMBER', first!.dynamodb.SequenceNumber))).toEqual([
      'b',
    ]);
    await world.advance(16 * 60_000);
    await expect(read(latest)).rejects.toMatchObject({ name: 'ExpiredIteratorException' });
  });

  it('looks in a Lambda event as AWS has it', async () => {
    await world.put({ ...key('a'), b: { B: Uint8Array.of(1, 2) }, l: { L: [{ BS: [Uint8Array.of(255)] }] } });
    const record = toLambdaRecord(records()[0]!, 'arn:stream');
    expect(JSON.parse(JSON.stringify(record))).toMatchObject({
      eventSourceARN: 'arn:stream',
      dynamodb: {
        ApproximateCreationDateTime: start / 1000,
        NewImage: { b: { B: 'AQI=' }, l: { L: [{ BS: ['/w=='] }] } },
      },
    });
  });
});
