import { AwsError } from '../aws-error.ts';
import type { Database } from '../sqlite/database.ts';
import type { WorldClock } from '../time/clock.ts';
import { Expiry } from './expiry.ts';
import { tokensTable } from './operations/idempotence.ts';
import type { Operation, OperationContext } from './operations/operation.ts';
import {
  definitions,
  type InputOf,
  type OperationName,
  type OutputOf,
  reads,
  writes,
} from './operations/registry.ts';
import {
  fromSequenceNumber,
  keysOfRow,
  type StreamPage,
  type StreamRecord,
  toRecord,
  toSequenceNumber,
  type Wanted,
} from './streams/record.ts';
import { Catalogue } from './tables/catalogue.ts';
import { expirySecond } from './tables/expiry-second.ts';
import type { TableSchema } from './tables/schema.ts';
import type { Change, Table } from './tables/table.ts';
import { Usage, type UsageReport } from './usage.ts';

export interface DynamoOptions {
  db: Database;
  clock: Pick<WorldClock, 'now' | 'at'>;
  region?: string;
  account?: string;
}

export interface Dynamo {
  /**
   * Inputs and outputs are the SDK's; errors are `AwsError` with the service's names.
   * @param caller whom the units are counted for
   */
  execute<Name extends OperationName>(
    operation: Name,
    input: InputOf<Name>,
    options?: { caller?: string },
  ): Promise<OutputOf<Name>>;
  tables(): readonly TableSchema[];
  /**
   * Committed records behind `afterSequence` (a `SequenceNumber`; '' for the oldest), in the order of
   * the commits. @throws ResourceNotFoundException
   */
  readStream(table: string, afterSequence: string, limit: number): StreamRecord[];
  /** The same without the records that nobody wants, which are looked at all the same. */
  pageOfStream(table: string, afterSequence: string, limit: number, wanted: Wanted): StreamPage;
  /** `SequenceNumber` of the newest record; '' when there is none yet. */
  newestSequence(table: string): string;
  /** Calls `listener` with the table's name after each commit that added records; returns how to stop. */
  onStream(listener: (table: string) => void): () => void;
  usage(): UsageReport;
  resetUsage(): void;
  /** Within a write: removes records that all who read the stream have read. */
  forgetStream(table: string, upToSequence: string): void;
  /** Grows with each write to the table, or to an index, of this name. */
  writesTo(name: string): number;
  /** Takes its timer back. */
  stop(): void;
}

export const createDynamo = (options: DynamoOptions): Dynamo => new Engine(options);

const recordsBetweenTrims = 500;

class Engine implements Dynamo {
  readonly #db: Database;
  readonly #clock: DynamoOptions['clock'];
  readonly #catalogue: Catalogue;
  readonly #expiry: Expiry;
  readonly #usage = new Usage();
  readonly #writes = new Map<string, number>();
  readonly #listeners = new Set<(table: string) => void>();
  /** Tables whose streams have records in the open transaction. */
  readonly #recorded = new Set<Table>();
  #recordsSinceTrim = 0;

  constructor({ db, clock, region = 'eu-central-1', account = '000000000000' }: DynamoOptions) {
    this.#db = db;
    this.#clock = clock;
    db.sql.exec(tokensTable);
    this.#catalogue = new Catalogue(db, `arn:aws:dynamodb:${region}:${account}:`);
    this.#expiry = new Expiry(db, clock, this.#catalogue, (changes) => this.#apply(changes, true));
    db.onCommit(() => this.#notify());
    db.onRollback(() => this.#recorded.clear());
  }

  execute<Name extends OperationName>(
    operation: Name,
    input: InputOf<Name>,
    options?: { caller?: string },
  ): Promise<OutputOf<Name>> {
    const context = this.#context(options?.caller);
    const run = (operations: object) => () =>
      (operations as Record<Name, Operation<InputOf<Name>, OutputOf<Name>>>)[operation](input, context);
    if (Object.hasOwn(writes, operation)) return this.#db.write(run(writes), { refusesFirst: true });
    if (Object.hasOwn(reads, operation)) return this.#db.read(run(reads));
    if (Object.hasOwn(definitions, operation)) return this.#db.write(run(definitions));
    return Promise.reject(
      new AwsError('UnknownOperationException', `The embedded DynamoDB does not know ${operation}.`),
    );
  }

  tables(): readonly TableSchema[] {
    return this.#catalogue.all().map(({ schema }) => schema);
  }

  readStream(name: string, afterSequence: string, limit: number): StreamRecord[] {
    const { schema } = this.#catalogue.get(name);
    return this.pageOfStream(name, afterSequence, limit, () => true).rows.map((row) => toRecord(schema, row));
  }

  pageOfStream(name: string, afterSequence: string, limit: number, wanted: Wanted): StreamPage {
    const { schema, stream } = this.#catalogue.get(name);
    const after = afterSequence === '' ? 0 : fromSequenceNumber(afterSequence);
    const rows = stream.read(after, limit, this.#clock.now());
    const last = rows.at(-1);
    return {
      rows: rows.filter((row) => wanted(row.eventName, keysOfRow(schema, row))),
      last: last ? toSequenceNumber(last.sequence) : '',
      count: rows.length,
    };
  }

  newestSequence(name: string): string {
    const { newest } = this.#catalogue.get(name).stream.ends(this.#clock.now());
    return newest === 0 ? '' : toSequenceNumber(newest);
  }

  forgetStream(name: string, upToSequence: string): void {
    if (upToSequence !== '') this.#catalogue.get(name).stream.forget(fromSequenceNumber(upToSequence));
  }

  onStream(listener: (table: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  usage(): UsageReport {
    return this.#usage.report();
  }
  resetUsage(): void {
    this.#usage.reset();
  }
  writesTo(name: string): number {
    return this.#writes.get(name) ?? 0;
  }
  stop(): void {
    this.#expiry.stop();
  }

  #context(caller: string | undefined): OperationContext {
    return {
      db: this.#db,
      clock: this.#clock,
      catalogue: this.#catalogue,
      used: (consumption) => this.#usage.add(consumption, caller),
      apply: (changes) => this.#apply(changes, false),
      expiryChanged: (table) => this.#expiry.rebuild(table),
    };
  }

  #apply(changes: readonly Change[], byService: boolean): void {
    const now = this.#clock.now();
    for (const change of changes) {
      const { table, after, indexes } = change;
      this.#written(table.schema.name);
      for (const { index, written } of indexes) if (written.length > 0) this.#written(index.name);
      if (table.apply(change, now, byService)) this.#recordedIn(table, now);
      const { expiry } = table.schema;
      const second = after && expiry !== undefined ? expirySecond(after.item, expiry) : undefined;
      if (second !== undefined) this.#expiry.expect(second);
    }
  }

  #written(name: string): void {
    this.#writes.set(name, (this.#writes.get(name) ?? 0) + 1);
  }

  #recordedIn(table: Table, now: number): void {
    this.#recorded.add(table);
    if (++this.#recordsSinceTrim < recordsBetweenTrims) return;
    this.#recordsSinceTrim = 0;
    for (const { stream } of this.#catalogue.all()) stream.trim(now);
  }

  #notify(): void {
    if (this.#recorded.size === 0) return;
    const names = [...this.#recorded].map(({ schema }) => schema.name);
    this.#recorded.clear();
    for (const name of names) for (const listener of this.#listeners) listener(name);
  }
}
