import type {
  DeleteTableCommandInput,
  DeleteTableCommandOutput,
  DescribeTableCommandInput,
  DescribeTableCommandOutput,
  ListTablesCommandInput,
  ListTablesCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../aws-error.ts';
import { notFound } from '../errors.ts';
import { describeTable as description } from '../tables/describe.ts';
import type { Table } from '../tables/table.ts';
import { compareStrings } from '../values/compare.ts';
import { checkedTableName, constraint, type Operation, type OperationContext } from './operation.ts';
import type { Output } from './single-write.ts';

const named = ({ catalogue }: OperationContext, given: string | undefined): Table => {
  const name = checkedTableName(given);
  const table = catalogue.find(name);
  if (!table) throw notFound(`Requested resource not found: Table: ${name} not found`);
  return table;
};

export const describeTable: Operation<DescribeTableCommandInput, Output<DescribeTableCommandOutput>> = (
  input,
  context,
) => ({ Table: description(named(context, input.TableName), context.db) });

export const deleteTable: Operation<DeleteTableCommandInput, Output<DeleteTableCommandOutput>> = (
  input,
  context,
) => {
  const table = named(context, input.TableName);
  if (table.schema.definition.DeletionProtectionEnabled)
    throw new AwsError(
      'ValidationException',
      `Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.`,
    );
  const described = description(table, context.db);
  context.catalogue.delete(table);
  return { TableDescription: { ...described, TableStatus: 'DELETING' } };
};

const mostNames = 100;

export const listTables: Operation<ListTablesCommandInput, Output<ListTablesCommandOutput>> = (
  { ExclusiveStartTableName: start, Limit = mostNames },
  { catalogue },
) => {
  if (Limit < 1) throw constraint(Limit, 'limit', 'Member must have value greater than or equal to 1');
  if (Limit > mostNames)
    throw constraint(Limit, 'limit', `Member must have value less than or equal to ${mostNames}`);
  const names = catalogue
    .all()
    .map(({ schema }) => schema.name)
    .sort(compareStrings)
    .filter((name) => start === undefined || compareStrings(name, start) > 0);
  const page = names.slice(0, Limit);
  return {
    TableNames: page,
    ...(names.length > Limit ? { LastEvaluatedTableName: page.at(-1)! } : {}),
  };
};
