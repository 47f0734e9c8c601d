import type { Clock } from '#kernel/clock';
import type { Database } from '../../sqlite/database.ts';
import type { Consumption } from '../capacity.ts';
import { validation } from '../errors.ts';
import type { Catalogue } from '../tables/catalogue.ts';
import type { Change, Table } from '../tables/table.ts';

/** What an operation may use. All of it is synchronous, within one transaction. */
export interface OperationContext {
  readonly db: Database;
  readonly clock: Clock;
  readonly catalogue: Catalogue;
  /** Counts what the request used, also when it is refused. */
  used(consumption: Consumption): void;
  /** Does what was decided. An operation decides everything before its first change. */
  apply(changes: readonly Change[]): void;
  /** After the attribute that holds the items' ends changed. */
  expiryChanged(table: Table): void;
}

export type Operation<Input, Output> = (input: Input, context: OperationContext) => Output;

const namePattern = /^[a-zA-Z0-9_.-]+$/;

/** @throws ValidationException, ResourceNotFoundException */
export const tableOf = ({ catalogue }: OperationContext, name: string | undefined): Table =>
  catalogue.get(checkedTableName(name));

/** The service takes a table's ARN for its name. */
export const checkedTableName = (given: string | undefined): string => {
  if (given === undefined || given === null) throw constraint(given, 'tableName', 'Member must not be null');
  const name = given.startsWith('arn:') ? given.slice(given.lastIndexOf('/') + 1) : given;
  if (!namePattern.test(name))
    throw constraint(given, 'tableName', `Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+`);
  if (name.length < 3)
    throw constraint(given, 'tableName', 'Member must have length greater than or equal to 3');
  if (name.length > 255)
    throw constraint(given, 'tableName', 'Member must have length less than or equal to 255');
  return name;
};

/** The service's words for a member that does not fit its model. */
export const constraint = (value: unknown, member: string, must: string) =>
  validation(
    `1 validation error detected: Value ${value === undefined || value === null ? 'null' : `'${value}'`} ` +
      `at '${member}' failed to satisfy constraint: ${must}`,
  );

export const requireMember = (value: unknown, member: string): void => {
  if (value === undefined || value === null) throw constraint(value, member, 'Member must not be null');
};

export const requireEnum = (value: string | undefined, member: string, allowed: readonly string[]): void => {
  if (value !== undefined && value !== null && !allowed.includes(value))
    throw constraint(value, member, `Member must satisfy enum value set: [${allowed.join(', ')}]`);
};

/** Half of a request may not be ignored in silence: what came before expressions is refused. */
export const refuseLegacy = (input: object, members: readonly string[]): void => {
  for (const member of members)
    if ((input as Record<string, unknown>)[member] !== undefined)
      throw validation(
        `${member} is a legacy parameter that the embedded DynamoDB does not know; use an expression`,
      );
};

export const legacyWrites = ['Expected', 'ConditionalOperator', 'AttributeUpdates'];
export const legacyReads = [
  'AttributesToGet',
  'KeyConditions',
  'QueryFilter',
  'ScanFilter',
  'ConditionalOperator',
];

export const requireConsumedCapacity = (value: string | undefined): void =>
  requireEnum(value, 'returnConsumedCapacity', ['INDEXES', 'TOTAL', 'NONE']);
