import type { CreateTableCommandInput, KeySchemaElement, Projection } from '@aws-sdk/client-dynamodb';
import { invalidParameter, validation } from '../errors.ts';

const mostLocal = 5;
const mostGlobal = 20;

/** @throws ValidationException when the service would not make such a table */
export const checkDefinition = (definition: CreateTableCommandInput): void => {
  checkBilling(definition);
  const defined = (definition.AttributeDefinitions ?? []).map((a) => a.AttributeName!);
  if (new Set(defined).size < defined.length)
    throw invalidParameter('Cannot specify multiple definitions for one attribute');
  const keys = checkKeys(definition.KeySchema, defined);
  const used = new Set([...keys, ...checkIndexes(definition, keys, defined)]);
  if (used.size < defined.length)
    throw invalidParameter(
      'Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions',
    );
  checkStream(definition);
};

const checkBilling = ({ BillingMode, ProvisionedThroughput }: CreateTableCommandInput): void => {
  if (BillingMode === 'PAY_PER_REQUEST' && ProvisionedThroughput)
    throw invalidParameter(
      'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
    );
  if (
    BillingMode !== 'PAY_PER_REQUEST' &&
    !(ProvisionedThroughput?.ReadCapacityUnits && ProvisionedThroughput.WriteCapacityUnits)
  )
    throw invalidParameter(
      'ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
    );
};

const checkKeys = (schema: KeySchemaElement[] | undefined, defined: readonly string[]): string[] => {
  const keys = (schema ?? []).map((key) => key.AttributeName!);
  if (keys.length < 1 || keys.length > 2)
    throw validation('Invalid KeySchema: The key schema must have one or two elements');
  if (keys.some((key) => !defined.includes(key)))
    throw invalidParameter(
      `Some index key attributes are not defined in AttributeDefinitions. Keys: [${keys.join(', ')}], AttributeDefinitions: [${defined.join(', ')}]`,
    );
  if (keys[0] === keys[1])
    throw validation('Both the Hash Key and the Range Key element in the KeySchema have the same name');
  if (schema![0]!.KeyType !== 'HASH')
    throw validation('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  if (schema![1] && schema![1].KeyType !== 'RANGE')
    throw validation('Invalid KeySchema: The second KeySchemaElement is not a RANGE key type');
  return keys;
};

/** The attributes that are keys of an index. */
const checkIndexes = (
  { LocalSecondaryIndexes: local, GlobalSecondaryIndexes: global }: CreateTableCommandInput,
  tableKeys: readonly string[],
  defined: readonly string[],
): string[] => {
  if (local) checkCount('LocalSecondaryIndexes', local.length, mostLocal);
  if (global) checkCount('GlobalSecondaryIndexes', global.length, mostGlobal);
  if (local && tableKeys.length < 2)
    throw invalidParameter(
      'Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex',
    );
  const all = [...(local ?? []), ...(global ?? [])];
  const names = all.map((index) => index.IndexName!);
  const repeated = names.find((name, i) => names.indexOf(name) !== i);
  if (repeated !== undefined) throw invalidParameter(`Duplicate index name: ${repeated}`);
  return all.flatMap((index) => {
    checkProjection(index.Projection);
    const keys = checkKeys(index.KeySchema, defined);
    if (local?.includes(index)) checkLocalKeys(index.IndexName!, keys, tableKeys);
    return keys;
  });
};

const checkCount = (member: string, count: number, most: number): void => {
  if (count === 0) throw invalidParameter(`List of ${member} is empty`);
  if (count > most) throw invalidParameter(`Number of ${member} exceeds per-table limit of ${most}`);
};

const checkLocalKeys = (name: string, keys: readonly string[], tableKeys: readonly string[]): void => {
  if (keys.length < 2) throw invalidParameter(`Index KeySchema does not have a range key for index: ${name}`);
  if (keys[0] !== tableKeys[0])
    throw invalidParameter(
      `Index KeySchema does not have the same leading hash key as table KeySchema for index: ${name}. index hash key: ${keys[0]}, table hash key: ${tableKeys[0]}`,
    );
};

const checkProjection = (projection: Projection | undefined): void => {
  const type = projection?.ProjectionType;
  if (!type) throw invalidParameter('Unknown ProjectionType: null');
  if (projection.NonKeyAttributes && type !== 'INCLUDE')
    throw invalidParameter(`ProjectionType is ${type}, but NonKeyAttributes is specified`);
  if (type === 'INCLUDE' && !projection.NonKeyAttributes?.length)
    throw invalidParameter('ProjectionType is INCLUDE, but NonKeyAttributes is not specified');
};

const checkStream = ({ StreamSpecification }: CreateTableCommandInput): void => {
  if (StreamSpecification?.StreamEnabled && !StreamSpecification.StreamViewType)
    throw invalidParameter('StreamViewType must be specified when StreamEnabled is true');
};
