import type { CreateTableCommandInput, StreamViewType } from '@aws-sdk/client-dynamodb';
import type { ScalarType } from '../values/value.ts';

export interface KeyAttribute {
  name: string;
  type: ScalarType;
}

/** The key of a table or of an index. */
export interface KeySchema {
  hash: KeyAttribute;
  range: KeyAttribute | undefined;
}

export interface IndexSchema extends KeySchema {
  name: string;
  kind: 'local' | 'global';
  /** The attributes that are in it; undefined when all are. */
  projected: ReadonlySet<string> | undefined;
}

export interface TableSchema extends KeySchema {
  /** Names the SQLite tables; never used twice. */
  id: number;
  name: string;
  arn: string;
  createdAt: number;
  /** As it was asked for. */
  definition: CreateTableCommandInput;
  indexes: readonly IndexSchema[];
  stream: { viewType: StreamViewType; label: string; arn: string } | undefined;
  /** The attribute that holds the second of an item's end. */
  expiry: string | undefined;
}

export const keyAttributes = ({ hash, range }: KeySchema): readonly KeyAttribute[] =>
  range ? [hash, range] : [hash];

export interface TableRecord {
  id: number;
  definition: CreateTableCommandInput;
  createdAt: number;
  expiry: string | undefined;
}

/** `arnPrefix`: `arn:aws:dynamodb:<region>:<account>:` */
export const toSchema = (record: TableRecord, arnPrefix: string): TableSchema => {
  const { definition } = record;
  const name = definition.TableName!;
  const arn = `${arnPrefix}table/${name}`;
  const keys = keySchema(definition, definition.KeySchema);
  return {
    ...record,
    ...keys,
    name,
    arn,
    indexes: indexSchemas(definition, keys),
    stream: streamOf(definition, arn, record.createdAt),
  };
};

const keySchema = (
  definition: CreateTableCommandInput,
  keys: CreateTableCommandInput['KeySchema'],
): KeySchema => {
  const attributes = (keys ?? []).map(({ AttributeName }) => ({
    name: AttributeName!,
    type: definition.AttributeDefinitions!.find((a) => a.AttributeName === AttributeName)!
      .AttributeType as ScalarType,
  }));
  return { hash: attributes[0]!, range: attributes[1] };
};

const indexSchemas = (definition: CreateTableCommandInput, table: KeySchema): IndexSchema[] => {
  const ofKind = (
    kind: IndexSchema['kind'],
    indexes: CreateTableCommandInput['LocalSecondaryIndexes'] = [],
  ): IndexSchema[] =>
    indexes.map(({ IndexName, KeySchema, Projection }) => {
      const keys = keySchema(definition, KeySchema);
      const names = [...keyAttributes(table), ...keyAttributes(keys)].map((key) => key.name);
      const projected =
        Projection?.ProjectionType === 'ALL'
          ? undefined
          : new Set([...names, ...(Projection?.NonKeyAttributes ?? [])]);
      return { ...keys, name: IndexName!, kind, projected };
    });
  return [
    ...ofKind('local', definition.LocalSecondaryIndexes),
    ...ofKind('global', definition.GlobalSecondaryIndexes),
  ];
};

const streamOf = (
  { StreamSpecification }: CreateTableCommandInput,
  tableArn: string,
  createdAt: number,
): TableSchema['stream'] => {
  if (!StreamSpecification?.StreamEnabled) return undefined;
  const label = new Date(createdAt).toISOString().slice(0, -1);
  return { viewType: StreamSpecification.StreamViewType!, label, arn: `${tableArn}/stream/${label}` };
};
