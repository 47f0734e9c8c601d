import type { Dynamo } from '../dynamodb/engine.ts';
import { lambdaRecordOf } from '../dynamodb/streams/lambda-record.ts';
import { keysOfRow, toSequenceNumber } from '../dynamodb/streams/record.ts';
import type { TableSchema } from '../dynamodb/tables/schema.ts';
import type { StreamRow } from '../dynamodb/tables/stream-rows.ts';
import type { StreamEntry } from './stream-batch.ts';
import type { StreamSource } from './stream-reader.ts';

/** A table's stream, for those who call functions with it. */
export const streamOf = (dynamo: Dynamo, table: TableSchema): StreamSource => ({
  read(after, limit, wanted) {
    const { rows, ...page } = dynamo.pageOfStream(table.name, after, limit, (name, keys) =>
      wanted(name, keys.sk?.S ?? ''),
    );
    return { ...page, entries: rows.map((row) => entryOf(table, row)) };
  },
});

const entryOf = (table: TableSchema, row: StreamRow): StreamEntry => ({
  sequence: toSequenceNumber(row.sequence),
  partition: keysOfRow(table, row).pk?.S ?? '',
  record: () => lambdaRecordOf(table, row),
  plain: () => row.plain(),
});
