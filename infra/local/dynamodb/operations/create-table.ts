import type { CreateTableCommandInput, CreateTableCommandOutput } from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../aws-error.ts';
import { checkDefinition } from '../tables/check-definition.ts';
import { describeTable as description } from '../tables/describe.ts';
import { checkedTableName, type Operation } from './operation.ts';
import type { Output } from './single-write.ts';

/** The table is there at once; nobody has to wait for ACTIVE. */
export const createTable: Operation<CreateTableCommandInput, Output<CreateTableCommandOutput>> = (
  input,
  context,
) => {
  const name = checkedTableName(input.TableName);
  const definition = { ...input, TableName: name };
  checkDefinition(definition);
  if (context.catalogue.find(name))
    throw new AwsError('ResourceInUseException', `Table already exists: ${name}`);
  const table = context.catalogue.create(definition, context.clock.now());
  return { TableDescription: description(table, context.db) };
};
