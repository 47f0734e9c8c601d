import type { Item, Value } from '../values/value.ts';
import type { StreamRecord } from './record.ts';

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

const toJson = (item: Item): Record<string, unknown> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, valueToJson(value)]));

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

const valueToJson = (value: Value): unknown => {
  if (value.B) return { B: base64(value.B) };
  if (value.BS) return { BS: value.BS.map(base64) };
  if (value.L) return { L: value.L.map(valueToJson) };
  return value.M ? { M: toJson(value.M) } : value;
};
