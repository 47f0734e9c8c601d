import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { derivedId } from '#kernel/ids';
import { type CountDelta, type Foldable, foldCounts } from '#store/runs/counters';
import { passedSteps } from '#store/runs/passed-steps';
import { openStore, type Store } from '#store/store';
import { fromWire, type Item } from '#store/table';
import { creditSteps, deltaOf, isConversion, readMembers } from './contributions.ts';

type Image = Parameters<typeof fromWire>[0];

/** Lambda writes the types of the SDK's v2; on the wire they are the same. */
const read = (image: unknown): Item | undefined => (image ? fromWire(counted(image as Image)) : undefined);

const counted = (image: Image): Image =>
  Object.fromEntries(readMembers.flatMap((name) => (image[name] === undefined ? [] : [[name, image[name]]])));

const withCredit = async (store: Store, run: Item, delta: CountDelta): Promise<CountDelta> => {
  const passed = await passedSteps(store, String(run.contact), String(run.id));
  return { ...delta, counts: new Map([...delta.counts, ...creditSteps(passed)]) };
};

const foldable = async (store: Store, record: DynamoDBRecord): Promise<Foldable[]> => {
  const change = record.dynamodb;
  const [before, after] = [read(change?.OldImage), read(change?.NewImage)];
  const delta = deltaOf(before, after);
  if (!delta) return [];
  return [
    {
      id: derivedId(record.eventID ?? change?.SequenceNumber ?? '').slice(0, 12),
      sequence: change?.SequenceNumber ?? '',
      delta: after && isConversion(before, after) ? await withCredit(store, after, delta) : delta,
    },
  ];
};

/** All or nothing: a batch that fails is tried again from its first record, and counts nothing twice. */
const fold = async (store: Store, records: readonly DynamoDBRecord[]): Promise<DynamoDBBatchResponse> => {
  const foldables: Foldable[] = [];
  for (const record of records) foldables.push(...(await foldable(store, record)));
  await foldCounts(store, foldables);
  return { batchItemFailures: [] };
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  return middy(async (event: { Records: DynamoDBRecord[] }) =>
    fold(store, event.Records),
  ) as unknown as LambdaHandler;
};
