import type { StreamRecord as LambdaRecord } from '../../lambda/stream-batch.ts';
import type { TableSchema } from '../tables/schema.ts';
import type { StreamRow } from '../tables/stream-rows.ts';
import { type Item, setAttribute, type Value } from '../values/value.ts';
import { type StreamRecord, toRecord } from './record.ts';

/** What Lambda hands over for one change. */
export const lambdaRecordOf = (schema: TableSchema, row: StreamRow): LambdaRecord =>
  toLambdaRecord(toRecord(schema, row), schema.stream?.arn ?? '') as LambdaRecord;

/** One record of the event that Lambda hands to a function: bytes in base64, time in seconds. */
export const toLambdaRecord = (record: StreamRecord, streamArn: string) => {
  const { dynamodb, userIdentity, ...event } = record;
  const { Keys, NewImage, OldImage } = dynamodb;
  return {
    ...event,
    dynamodb: {
      ...dynamodb,
      ApproximateCreationDateTime: dynamodb.ApproximateCreationDateTime.getTime() / 1000,
      Keys: toJson(Keys),
      ...(NewImage ? { NewImage: toJson(NewImage) } : {}),
      ...(OldImage ? { OldImage: toJson(OldImage) } : {}),
    },
    ...(userIdentity
      ? { userIdentity: { principalId: userIdentity.PrincipalId, type: userIdentity.Type } }
      : {}),
    eventSourceARN: streamArn,
  };
};

const toJson = (item: Item): Record<string, unknown> => {
  const json: Record<string, unknown> = {};
  for (const name of Object.keys(item)) setAttribute(json, name, valueToJson(item[name]!));
  return json;
};

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

const valueToJson = (value: Value): unknown => {
  if (value.B) return { B: base64(value.B) };
  if (value.BS) return { BS: value.BS.map(base64) };
  if (value.L) return { L: value.L.map(valueToJson) };
  return value.M ? { M: toJson(value.M) } : value;
};
