import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDynamo, key, start, type TestDynamo } from './testing/dynamo.ts';

const main = { TableName: 'main' };
const hour = 60 * 60 * 1000;

let world: TestDynamo;
beforeEach(async () => {
  world = await createTestDynamo();
});
afterEach(() => world.db.close());

const records = (after = '') => world.dynamo.readStream('main', after, 1000);
const changes = () => records().map(({ eventName, dynamodb }) => `${eventName} ${dynamodb.Keys.sk?.S}`);

describe('the end of an item', () => {
  const ends = (sk: string, afterMs: number) => ({
    ...key(sk),
    ttl: { N: String((start + afterMs) / 1000) },
  });
  const enable = () =>
    world.execute('UpdateTimeToLive', {
      ...main,
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    });

  it('comes by the clock and is told apart in the stream', async () => {
    await enable();
    await world.put(ends('late', 2 * hour));
    await world.put(ends('soon', hour));
    await world.put(key('never'));
    await world.advance(hour - 1);
    expect(await world.item('soon')).toBeDefined();
    await world.advance(1);
    expect([await world.item('soon'), await world.item('late')]).toEqual([undefined, ends('late', 2 * hour)]);
    await world.advance(hour);
    expect(changes().slice(3)).toEqual(['REMOVE soon', 'REMOVE late']);
    expect(records().at(-1)?.userIdentity).toEqual({
      PrincipalId: 'dynamodb.amazonaws.com',
      Type: 'Service',
    });
  });

  it('moves with the item', async () => {
    await enable();
    await world.put(ends('a', hour));
    await world.put(ends('a', 3 * hour));
    await world.advance(2 * hour);
    expect(await world.item('a')).toBeDefined();
    await world.put(key('a'));
    await world.advance(2 * hour);
    expect(await world.item('a')).toEqual(key('a'));
  });

  it('counts for items that were there before, and no more when it is switched off', async () => {
    await world.put(ends('a', hour));
    await enable();
    await expect(enable()).rejects.toThrow('TimeToLive is already enabled');
    expect(await world.execute('DescribeTimeToLive', main)).toEqual({
      TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'ttl' },
    });
    await world.advance(hour);
    expect(await world.item('a')).toBeUndefined();
    await world.put(ends('b', 3 * hour));
    const off = { AttributeName: 'ttl', Enabled: false };
    await world.execute('UpdateTimeToLive', { ...main, TimeToLiveSpecification: off });
    await world.advance(5 * hour);
    expect(await world.item('b')).toBeDefined();
  });

  it('takes many at once, and lets alone what ended more than five years ago', async () => {
    await enable();
    for (let i = 0; i < 250; i++) await world.put(ends(`${i}`, hour));
    await world.put(ends('ancient', -6 * 365 * 24 * hour));
    await world.advance(hour);
    expect((await world.execute('Scan', { ...main, ProjectionExpression: 'sk' })).Items).toEqual([
      { sk: { S: 'ancient' } },
    ]);
  });
});
