import type { ConsumedCapacity, ReturnConsumedCapacity } from '@aws-sdk/client-dynamodb';
import type { IndexSchema } from './tables/schema.ts';
import type { Change } from './tables/table.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
const writeUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / 1024));
export const readUnits = (bytes: number, consistent: boolean): number =>
  Math.max(1, Math.ceil(bytes / 4096)) * (consistent ? 1 : 0.5);

/** What one request used of one table. */
export class Consumption {
  readonly table: string;
  readonly kind: 'read' | 'write';
  #own = 0;
  readonly #indexes = new Map<IndexSchema, number>();
  /** A transaction says of which kind its units are. */
  readonly #transactional: boolean;

  constructor(table: string, kind: 'read' | 'write', transactional = false) {
    this.table = table;
    this.kind = kind;
    this.#transactional = transactional;
  }

  add(units: number, index?: IndexSchema): this {
    const weighed = this.#transactional ? units * 2 : units;
    if (index) this.#indexes.set(index, (this.#indexes.get(index) ?? 0) + weighed);
    else this.#own += weighed;
    return this;
  }

  /** A write costs the larger of the item before and after, and each index entry that it writes. */
  addWrite({ before, after, indexes }: Pick<Change, 'before' | 'after' | 'indexes'>): this {
    this.add(writeUnits(Math.max(before?.size ?? 0, after?.size ?? 0)));
    for (const { index, written } of indexes) for (const bytes of written) this.add(writeUnits(bytes), index);
    return this;
  }

  get total(): number {
    let total = this.#own;
    for (const units of this.#indexes.values()) total += units;
    return total;
  }

  toOutput(detail: ReturnConsumedCapacity | undefined): ConsumedCapacity | undefined {
    if (detail !== 'TOTAL' && detail !== 'INDEXES') return undefined;
    const summary = { TableName: this.table, ...this.#units(this.total) };
    if (detail === 'TOTAL') return summary;
    return {
      ...summary,
      Table: this.#units(this.#own),
      ...this.#ofKind('local', 'LocalSecondaryIndexes'),
      ...this.#ofKind('global', 'GlobalSecondaryIndexes'),
    };
  }

  #ofKind(kind: IndexSchema['kind'], member: 'LocalSecondaryIndexes' | 'GlobalSecondaryIndexes') {
    const used = [...this.#indexes].filter(([index]) => index.kind === kind);
    if (used.length === 0) return {};
    return { [member]: Object.fromEntries(used.map(([{ name }, units]) => [name, this.#units(units)])) };
  }

  #units(units: number) {
    if (!this.#transactional) return { CapacityUnits: units };
    return {
      CapacityUnits: units,
      ...(this.kind === 'read' ? { ReadCapacityUnits: units } : { WriteCapacityUnits: units }),
    };
  }
}
