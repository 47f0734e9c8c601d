import type { SQLInputValue } from 'node:sqlite';
import type { Database } from '../../sqlite/database.ts';
import type { KeyColumn } from '../values/key-text.ts';
import { type Item, setAttribute } from '../values/value.ts';
import type { Place } from './keys.ts';
import { sqlNames } from './storage.ts';
import { StoredItem } from './stored-item.ts';
import type { Table } from './table.ts';

export interface Bound {
  value: KeyColumn;
  inclusive: boolean;
}

/** Which rows, in which order. */
export interface Selection {
  /** Position of an index in the schema; the table itself without. */
  index: number | undefined;
  /** All partitions without. */
  hash: KeyColumn | undefined;
  low: Bound | undefined;
  high: Bound | undefined;
  /** The row to go on after: its place in the index (or in the table) and in the table. */
  after: { entry: Place; item: Place } | undefined;
  forward: boolean;
}

/** The table's items in the order of the selection, read as they are asked for. */
export function* rows(db: Database, table: Table, selection: Selection): Generator<StoredItem> {
  const { text, parameters } = toSql(table, selection);
  const keysOf = keyReader(table, selection.index);
  for (const row of db.prepare<ItemRow>(text).iterate(...parameters)) {
    const keys = keysOf?.(row);
    yield new StoredItem(row.item, row.size, { keys });
  }
}

interface ItemRow extends KeyTexts {
  item: string;
  size: number;
}

interface KeyTexts {
  hash: string;
  range: string;
  pk: string;
  sk: string;
}

/** What an index of keys alone holds, as far as it is text, is in its row: the item need not be parsed for it. */
const keyReader = (
  { schema }: Table,
  position: number | undefined,
): ((row: KeyTexts) => Item) | undefined => {
  const index = position === undefined ? undefined : schema.indexes[position];
  if (!index?.range || !schema.range) return undefined;
  const { hash, range } = schema;
  const all = [index.hash, index.range, hash, range];
  const isKeysOnly = index.projected?.size === new Set(all.map(({ name }) => name)).size;
  if (!isKeysOnly || all.some(({ type }) => type !== 'S')) return undefined;
  const { hash: indexHash, range: indexRange } = index;
  return (row) => {
    const keys: Item = {};
    setAttribute(keys, indexHash.name, { S: row.hash });
    setAttribute(keys, indexRange!.name, { S: row.range });
    setAttribute(keys, hash.name, { S: row.pk });
    setAttribute(keys, range.name, { S: row.sk });
    return keys;
  };
};

const toSql = ({ schema }: Table, selection: Selection): { text: string; parameters: SQLInputValue[] } => {
  const { items, index } = sqlNames(schema.id);
  const indexed = selection.index !== undefined;
  const hash = indexed ? 'n.hash' : 't.pk';
  const range = indexed ? 'n.range' : 't.sk';
  const order = [
    ...(selection.hash === undefined ? [hash] : []),
    range,
    ...(indexed ? ['n.pk', 'n.sk'] : []),
  ];
  const from = indexed
    ? `${index(selection.index!)} n CROSS JOIN ${items} t ON t.pk = n.pk AND t.sk = n.sk`
    : `${items} t`;
  const { conditions, parameters } = where(selection, hash, range, order);
  const direction = selection.forward ? '' : ' DESC';
  return {
    text: `SELECT t.item, t.size${indexed ? ', n.hash, n.range, n.pk, n.sk' : ''} FROM ${from}
      ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
      ORDER BY ${order.map((column) => column + direction).join(', ')}`,
    parameters,
  };
};

const where = (selection: Selection, hash: string, range: string, order: readonly string[]) => {
  const conditions: string[] = [];
  const parameters: SQLInputValue[] = [];
  const add = (condition: string, ...values: readonly KeyColumn[]) => {
    conditions.push(condition);
    parameters.push(...values);
  };
  const { low, high, after } = selection;
  if (selection.hash !== undefined) add(`${hash} = ?`, selection.hash);
  if (low) add(`${range} ${low.inclusive ? '>=' : '>'} ?`, low.value);
  if (high) add(`${range} ${high.inclusive ? '<=' : '<'} ?`, high.value);
  if (after) {
    const all = [after.entry.pk, after.entry.sk, after.item.pk, after.item.sk];
    const values = all.slice(selection.hash === undefined ? 0 : 1).slice(0, order.length);
    const marks = order.map(() => '?').join(', ');
    add(`(${order.join(', ')}) ${selection.forward ? '>' : '<'} (${marks})`, ...values);
  }
  return { conditions, parameters };
};
