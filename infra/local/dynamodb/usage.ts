import type { Consumption } from './capacity.ts';

export interface Units {
  readUnits: number;
  writeUnits: number;
}

/** Everything consumed since the start or the last `reset`, for the bench and the table of costs. */
export interface UsageReport {
  tables: Readonly<Record<string, Readonly<Units>>>;
  /** By the label that came with the requests, then by table. */
  callers: Readonly<Record<string, Readonly<Record<string, Readonly<Units>>>>>;
}

type ByTable = Map<string, Units>;

export class Usage {
  readonly #tables: ByTable = new Map();
  readonly #callers = new Map<string, ByTable>();

  add(consumption: Consumption, caller: string | undefined): void {
    count(this.#tables, consumption);
    if (caller === undefined) return;
    const tables = this.#callers.get(caller) ?? new Map<string, Units>();
    this.#callers.set(caller, tables);
    count(tables, consumption);
  }

  report(): UsageReport {
    const callers = [...this.#callers].map(([caller, tables]) => [caller, copied(tables)] as const);
    return { tables: copied(this.#tables), callers: Object.fromEntries(callers) };
  }

  reset(): void {
    this.#tables.clear();
    this.#callers.clear();
  }
}

const count = (tables: ByTable, { table, kind, total }: Consumption): void => {
  const units = tables.get(table) ?? { readUnits: 0, writeUnits: 0 };
  tables.set(table, units);
  units[kind === 'read' ? 'readUnits' : 'writeUnits'] += total;
};

const copied = (tables: ByTable): Record<string, Units> =>
  Object.fromEntries([...tables].map(([table, units]) => [table, { ...units }]));
