import type { DynamoDBRecord } from 'aws-lambda';
import { derivedId } from '#kernel/ids';
import { fromWire } from '#store/table';
import { type Counted, countedOfItem, readMembers } from './counted.ts';
import type { Change } from './entries.ts';
import { madeAt } from './happenings.ts';

/** Lambda writes the types of the SDK's v2; on the wire they are the same. */
type Image = Parameters<typeof fromWire>[0];

const kindOf = (image: Image | undefined): string => image?.kind?.S ?? '';

const read = (image: Image | undefined): Counted | undefined => {
  const members = readMembers[kindOf(image)];
  if (!image || !members) return undefined;
  return countedOfItem(
    fromWire(
      Object.fromEntries(members.flatMap((name) => (image[name] === undefined ? [] : [[name, image[name]]]))),
    ),
  );
};

/** Of an event all that ever changes, and of a profile all that is counted: most of their changes are neither. */
const changing: Readonly<Record<string, readonly string[]>> = {
  event: ['counted', 'state'],
  profile: ['counted', 'createdAt', 'unsettled', 'source', 'erasedAt', 'mergedInto'],
};

const isSame = (a: Image, b: Image): boolean =>
  changing[kindOf(a)]?.every((name) => a[name]?.S === b[name]?.S && a[name]?.N === b[name]?.N) ?? false;

/** @returns undefined where nothing that is counted can have changed, without looking at all of it */
export const readChange = ({ dynamodb, eventID }: DynamoDBRecord): Change | undefined => {
  const [before, after] = [dynamodb?.OldImage as Image | undefined, dynamodb?.NewImage as Image | undefined];
  if (!readMembers[kindOf(after ?? before)]) return undefined;
  if (before && after && isSame(before, after)) return undefined;
  return {
    id: derivedId(eventID ?? dynamodb?.SequenceNumber ?? '').slice(0, 12),
    sequence: dynamodb?.SequenceNumber ?? '',
    at: madeAt(dynamodb?.ApproximateCreationDateTime),
    before: read(before),
    after: read(after),
  };
};

/** Key of the item that a record tells of. */
export const keyOf = ({ dynamodb }: DynamoDBRecord): { pk: string; sk: string } => ({
  pk: dynamodb?.Keys?.pk?.S ?? '',
  sk: dynamodb?.Keys?.sk?.S ?? '',
});
