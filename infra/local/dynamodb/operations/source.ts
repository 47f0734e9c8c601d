import type { QueryCommandInput, ScanCommandInput } from '@aws-sdk/client-dynamodb';
import { invalidParameter, validation } from '../errors.ts';
import { head } from '../expressions/paths.ts';
import type { Bound } from '../expressions/scope.ts';
import type { Condition, Path } from '../expressions/syntax.ts';
import { type IndexSchema, type KeySchema, keyAttributes } from '../tables/schema.ts';
import type { Table } from '../tables/table.ts';
import { constraint, requireConsumedCapacity, requireEnum } from './operation.ts';
import { refuseNestedKeys } from './write-decisions.ts';

/** What a query or scan reads: a table or one of its indexes, and how much of each item. */
export interface Source {
  table: Table;
  index: IndexSchema | undefined;
  /** Of the index in the schema. */
  position: number | undefined;
  /** The keys that order it. */
  keys: KeySchema;
  /** Whole items are fetched from the table beside the index. */
  fetches: boolean;
  filter: Bound<Condition> | undefined;
  projection: readonly Path[] | undefined;
}

type SourceInput = Pick<
  QueryCommandInput & ScanCommandInput,
  'IndexName' | 'Select' | 'Limit' | 'ConsistentRead' | 'ProjectionExpression' | 'ReturnConsumedCapacity'
>;

/** What can be refused before the table is known. @throws ValidationException */
export const checkSourceInput = (input: SourceInput): void => {
  requireConsumedCapacity(input.ReturnConsumedCapacity);
  requireEnum(input.Select, 'select', [
    'SPECIFIC_ATTRIBUTES',
    'COUNT',
    'ALL_ATTRIBUTES',
    'ALL_PROJECTED_ATTRIBUTES',
  ]);
  if (input.Limit !== undefined && input.Limit < 1)
    throw constraint(input.Limit, 'limit', 'Member must have value greater than or equal to 1');
  const { Select, ProjectionExpression } = input;
  if (ProjectionExpression !== undefined && Select === 'COUNT')
    throw validation('Cannot specify the ProjectionExpression when choosing to get only the Count');
  if (ProjectionExpression !== undefined && Select && Select !== 'SPECIFIC_ATTRIBUTES')
    throw validation(`Cannot specify the ProjectionExpression when choosing to get ${Select}`);
  if (ProjectionExpression === undefined && Select === 'SPECIFIC_ATTRIBUTES')
    throw validation(
      'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    );
  if (Select === 'ALL_PROJECTED_ATTRIBUTES' && !input.IndexName)
    throw validation('ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName');
};

/** @throws ValidationException */
export const sourceOf = (
  table: Table,
  input: SourceInput,
  projection: readonly Path[] | undefined,
  filter: Bound<Condition> | undefined,
): Source => {
  const { schema } = table;
  refuseNestedKeys(schema, projection);
  refuseNestedKeys(schema, filter?.paths);
  const position = input.IndexName
    ? schema.indexes.findIndex(({ name }) => name === input.IndexName)
    : undefined;
  if (position === undefined)
    return { table, index: undefined, position, keys: schema, fetches: false, filter, projection };
  const index = schema.indexes[position];
  if (!index) throw validation(`The table does not have the specified index: ${input.IndexName}`);
  if (index.kind === 'global' && input.ConsistentRead)
    throw validation('Consistent reads are not supported on global secondary indexes');
  const fetches = needsWholeItems(index, input, projection);
  refuseUnprojectedFilter(index, filter);
  return { table, index, position, keys: index, fetches, filter, projection };
};

const unprojected = (index: IndexSchema, paths: readonly Path[] | undefined): string[] => [
  ...new Set(paths?.map(head).filter((name) => index.projected && !index.projected.has(name))),
];

/** Only a local index can fetch what it does not have. */
const needsWholeItems = (
  index: IndexSchema,
  { Select }: SourceInput,
  projection: readonly Path[] | undefined,
): boolean => {
  if (!index.projected) return false;
  const missing = unprojected(index, projection);
  if (index.kind === 'local') return Select === 'ALL_ATTRIBUTES' || missing.length > 0;
  if (Select === 'ALL_ATTRIBUTES')
    throw invalidParameter(
      `Select type ALL_ATTRIBUTES is not supported for global secondary index ${index.name} because its projection type is not ALL`,
    );
  if (missing.length > 0)
    throw invalidParameter(`Global secondary index ${index.name} does not project [${missing.join(', ')}]`);
  return false;
};

const refuseUnprojectedFilter = (index: IndexSchema, filter: Bound<Condition> | undefined): void => {
  const missing = unprojected(index, filter?.paths);
  if (missing.length > 0)
    throw invalidParameter(
      `Secondary index ${index.name} does not project one or more filter attributes: [${missing.join(', ')}]`,
    );
};

/** A query's filter may not mention the keys that its key condition is about. @throws ValidationException */
export const refuseKeysInFilter = ({ keys, filter }: Source): void => {
  const mentioned = new Set(filter?.paths.map(head));
  const key = keyAttributes(keys).find(({ name }) => mentioned.has(name));
  if (key)
    throw validation(
      `Filter Expression can only contain non-primary key attributes: Primary key attribute: ${key.name}`,
    );
};
