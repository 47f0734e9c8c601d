import type { ConsumedCapacity, ReturnConsumedCapacity } from '@aws-sdk/client-dynamodb';
import { Consumption } from '../capacity.ts';
import type { Table } from '../tables/table.ts';
import { constraint, requireMember } from './operation.ts';

const mostMembers = 100;

/** @throws ValidationException unless there are 1 to 100 */
export const checkedMembers = <T>(members: readonly T[] | undefined): readonly T[] => {
  requireMember(members, 'transactItems');
  const { length } = members!;
  if (length === 0)
    throw constraint('[]', 'transactItems', 'Member must have length greater than or equal to 1');
  if (length > mostMembers)
    throw constraint('[…]', 'transactItems', `Member must have length less than or equal to ${mostMembers}`);
  return members!;
};

/** What a transaction used, by table. */
export const consumptions = (kind: 'read' | 'write') => {
  const byTable = new Map<Table, Consumption>();
  return {
    of(table: Table): Consumption {
      const known = byTable.get(table) ?? new Consumption(table.schema.name, kind, true);
      byTable.set(table, known);
      return known;
    },
    all: (): readonly Consumption[] => [...byTable.values()],
    toOutput(detail: ReturnConsumedCapacity | undefined): { ConsumedCapacity?: ConsumedCapacity[] } {
      const capacities = [...byTable.values()].flatMap((consumption) => consumption.toOutput(detail) ?? []);
      return capacities.length > 0 ? { ConsumedCapacity: capacities } : {};
    },
  };
};
