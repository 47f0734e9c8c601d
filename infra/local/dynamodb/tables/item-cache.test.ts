import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../sqlite/database.ts';
import { ItemCache } from './item-cache.ts';
import { StoredItem } from './stored-item.ts';

const place = { pk: 'p', sk: 's' };
const first = StoredItem.of({ n: { N: '1' } });
const second = StoredItem.of({ n: { N: '2' } });
let db: Database;
let cache: ItemCache;
let stored: StoredItem | undefined;
let reads: number;
const look = () =>
  cache.get(place, () => {
    reads++;
    return stored;
  });
const write = (item: StoredItem | undefined): void => {
  stored = item;
  cache.written(place, item);
};

beforeEach(async () => {
  db = openDatabase(':memory:');
  cache = new ItemCache(db);
  reads = 0;
  await db.write(() => write(first));
});
afterEach(() => db.close());

test('what was committed is not read again', () => {
  expect([look(), look(), reads]).toEqual([first, first, 0]);
});

test('what is not committed yet is read from the database, each time', async () => {
  const seen = await db.write(() => {
    write(second);
    return [look(), look(), reads];
  });
  expect(seen).toEqual([second, second, 2]);
  expect([look(), reads]).toEqual([second, 2]);
});

test('a write that is undone leaves no trace', async () => {
  const undone = db.write(() => {
    write(second);
    expect(look()).toBe(second);
    stored = first;
    throw new Error('undo');
  });
  await expect(undone).rejects.toThrow('undo');
  expect(look()).toBe(first);
});

test('of two writes of one group the last one that was kept counts', async () => {
  const kept = db.write(() => write(second));
  const undone = db.write(() => {
    write(first);
    stored = second;
    throw new Error('undo');
  });
  await Promise.allSettled([kept, undone]);
  expect(look()).toBe(second);
});

test('what was deleted is gone', async () => {
  await db.write(() => write(undefined));
  expect(look()).toBeUndefined();
});

test('keys that read the same in a row are two', async () => {
  await db.write(() => cache.written({ pk: 'ab', sk: 'c' }, second));
  expect(cache.get({ pk: 'a', sk: 'bc' }, () => undefined)).toBeUndefined();
});
