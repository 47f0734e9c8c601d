import { hash } from 'node:crypto';
import { keyOf } from '../tables/keys.ts';
import type { TableSchema } from '../tables/schema.ts';
import type { StreamRow } from '../tables/stream-rows.ts';
import { itemSize } from '../values/size.ts';
import type { Item } from '../values/value.ts';

/** As `GetRecords` of @aws-sdk/client-dynamodb-streams gives it. */
export interface StreamRecord {
  eventID: string;
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  eventVersion: '1.1';
  eventSource: 'aws:dynamodb';
  awsRegion: string;
  dynamodb: {
    ApproximateCreationDateTime: Date;
    Keys: Item;
    NewImage?: Item;
    OldImage?: Item;
    /** 21 digits; sorts as text. */
    SequenceNumber: string;
    SizeBytes: number;
    StreamViewType: string;
  };
  /** Set when the service deleted an item at its end. */
  userIdentity?: { PrincipalId: string; Type: string };
}

/** Some of a stream: what was wanted, and where to go on. */
export interface StreamPage {
  rows: StreamRow[];
  /** `SequenceNumber` of the last record looked at, wanted or not; '' when there was none. */
  last: string;
  /** How many were looked at. */
  count: number;
}

/** Decides by little whether a record is worth its making. */
export type Wanted = (eventName: StreamRecord['eventName'], keys: Item) => boolean;

export const toSequenceNumber = (sequence: number): string => `1${String(sequence).padStart(20, '0')}`;
export const fromSequenceNumber = (text: string): number => Number(text.slice(1));

export const keysOfRow = (schema: TableSchema, row: StreamRow): Item =>
  keyOf(schema, (row.eventName === 'REMOVE' ? row.before : row.after)!);

export const toRecord = (schema: TableSchema, row: StreamRow): StreamRecord => {
  const { before, after, sizes, sequence, eventName } = row;
  const viewType = schema.stream!.viewType;
  const keys = keysOfRow(schema, row);
  const newImage = viewType.startsWith('NEW_') ? after : undefined;
  const oldImage = viewType.endsWith('_OLD_IMAGES') || viewType === 'OLD_IMAGE' ? before : undefined;
  return {
    eventID: hash('md5', `${schema.stream!.arn} ${sequence}`),
    eventName,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: schema.arn.split(':')[3]!,
    dynamodb: {
      ApproximateCreationDateTime: new Date(Math.trunc(row.at / 1000) * 1000),
      Keys: keys,
      ...(newImage ? { NewImage: newImage } : {}),
      ...(oldImage ? { OldImage: oldImage } : {}),
      SequenceNumber: toSequenceNumber(sequence),
      SizeBytes: itemSize(keys) + (newImage ? sizes.after : 0) + (oldImage ? sizes.before : 0),
      StreamViewType: viewType,
    },
    ...(row.byService ? { userIdentity: { PrincipalId: 'dynamodb.amazonaws.com', Type: 'Service' } } : {}),
  };
};
