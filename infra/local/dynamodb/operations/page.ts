import type { QueryCommandInput, ScanCommandInput } from '@aws-sdk/client-dynamodb';
import { Consumption, readUnits } from '../capacity.ts';
import { holds } from '../expressions/evaluate-condition.ts';
import { project } from '../expressions/project.ts';
import { projected } from '../tables/index-changes.ts';
import { keyOf } from '../tables/keys.ts';
import { rows, type Selection } from '../tables/rows.ts';
import type { StoredItem } from '../tables/stored-item.ts';
import { itemSize } from '../values/size.ts';
import type { Item } from '../values/value.ts';
import type { OperationContext } from './operation.ts';
import type { Source } from './source.ts';

const largestPage = 1024 * 1024;

export type PageInput = Pick<
  QueryCommandInput & ScanCommandInput,
  'Limit' | 'Select' | 'ConsistentRead' | 'ReturnConsumedCapacity'
>;

/**
 * Reads rows until `Limit` or 1 MB of them were looked at. The filter comes after both; what it drops
 * is counted and paid for.
 * @param isMine which rows belong to this segment of a parallel scan
 */
export const readPage = (
  context: OperationContext,
  input: PageInput,
  source: Source,
  selection: Selection,
  isMine: (item: StoredItem) => boolean = () => true,
) => {
  const page = collect(context, source, selection, input.Limit ?? Number.POSITIVE_INFINITY, isMine);
  const consumption = consumptionOf(source, page, input.ConsistentRead === true);
  context.used(consumption);
  const capacity = consumption.toOutput(input.ReturnConsumedCapacity);
  return {
    ...(input.Select === 'COUNT' ? {} : { Items: page.items as never[] }),
    Count: page.items.length,
    ScannedCount: page.scanned,
    ...(page.last ? { LastEvaluatedKey: lastKey(source, page.last.item) as never } : {}),
    ...(capacity ? { ConsumedCapacity: capacity } : {}),
  };
};

interface Page {
  items: Item[];
  scanned: number;
  /** Of the rows as the source has them. */
  bytes: number;
  /** Of each whole item that was fetched beside an index. */
  fetched: number[];
  fetchedBytes: number;
  /** Where the page stopped before the end. */
  last: StoredItem | undefined;
}

const collect = (
  { db }: OperationContext,
  source: Source,
  selection: Selection,
  limit: number,
  isMine: (item: StoredItem) => boolean,
): Page => {
  const page: Page = { items: [], scanned: 0, bytes: 0, fetched: [], fetchedBytes: 0, last: undefined };
  let newest: StoredItem | undefined;
  for (const stored of rows(db, source.table, selection)) {
    if (!isMine(stored)) continue;
    if (page.bytes + page.fetchedBytes > largestPage) return { ...page, last: newest };
    newest = stored;
    addRow(page, source, stored);
    if (page.scanned === limit) return { ...page, last: stored };
  }
  return page;
};

const addRow = (page: Page, { index, fetches, filter, projection }: Source, stored: StoredItem): void => {
  // Of an index a filter may mention only what is in it.
  const entry = index ? (stored.keys ?? projected(index, stored.item)) : stored.item;
  page.scanned++;
  page.bytes += index?.projected ? itemSize(entry) : stored.size;
  if (fetches) {
    page.fetched.push(stored.size);
    page.fetchedBytes += stored.size;
  }
  if (filter && !holds(filter.tree, entry, filter.bindings)) return;
  const found = fetches ? stored.item : entry;
  page.items.push(projection ? project(found, projection) : found);
};

const consumptionOf = ({ table, index }: Source, page: Page, consistent: boolean): Consumption => {
  const consumption = new Consumption(table.schema.name, 'read');
  consumption.add(readUnits(page.bytes, consistent), index);
  for (const bytes of page.fetched) consumption.add(readUnits(bytes, consistent));
  return consumption;
};

/** The keys of the table and of the index. */
const lastKey = ({ table, keys }: Source, item: Item): Item => ({
  ...keyOf(table.schema, item),
  ...keyOf(keys, item),
});
