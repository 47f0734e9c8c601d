import { createHash } from 'node:crypto';
import type { Database } from '../../sqlite/database.ts';
import type { Machine } from '../definition/asl.ts';

export interface MachineRow {
  arn: string;
  name: string;
  status: 'ACTIVE' | 'DELETING';
  role: string;
  definition: number;
  /** Null until the first update; the API calls that revision INITIAL. */
  revision: string | null;
  /** Logging, tracing and the like as given, as JSON. */
  options: string;
  created: number;
  updated: number;
  /** The number of the last version ever published. */
  versions: number;
}

export interface VersionRow {
  arn: string;
  machine: string;
  number: number;
  role: string;
  definition: number;
  revision: string | null;
  options: string;
  description: string | null;
  created: number;
}

export interface Route {
  stateMachineVersionArn: string;
  weight: number;
}

export interface AliasRow {
  arn: string;
  machine: string;
  name: string;
  description: string | null;
  /** `Route[]` as JSON. */
  routing: string;
  created: number;
  updated: number;
}

// Two thousand states are about a megabyte of text and a few of objects.
const cachedMachines = 32;

const createDefinitions = (db: Database) => {
  const parsed = new Map<number, Machine>();
  const textOf = (id: number): string =>
    db.prepare('SELECT text FROM sfn_definitions WHERE id = ?').get(id)?.text as string;
  return {
    textOf,
    /** The same text is stored once. */
    save(text: string): number {
      const hash = createHash('sha256').update(text).digest('hex');
      const known = db.prepare('SELECT id FROM sfn_definitions WHERE hash = ?').get(hash);
      if (known) return known.id as number;
      return Number(
        db.prepare('INSERT INTO sfn_definitions (hash, text) VALUES (?, ?)').run(hash, text).lastInsertRowid,
      );
    },
    load(id: number): Machine {
      const known = parsed.get(id);
      if (known) return known;
      const machine = JSON.parse(textOf(id)) as Machine;
      if (parsed.size >= cachedMachines) parsed.delete(parsed.keys().next().value as number);
      parsed.set(id, machine);
      return machine;
    },
    /** Ids can be given out again after a lost transaction. */
    forget: () => parsed.clear(),
  };
};

/** The rows of state machines, their versions and aliases. */
export const createMachineStore = (db: Database) => {
  const one = <T>(text: string, ...values: (string | number)[]) => db.prepare<T>(text).get(...values);
  const many = <T>(text: string, ...values: (string | number)[]) => db.prepare<T>(text).all(...values);
  const definitions = createDefinitions(db);
  db.onRollback(definitions.forget);

  return {
    definitions,
    machine: (arn: string) => one<MachineRow>('SELECT * FROM sfn_machines WHERE arn = ?', arn),
    version: (arn: string) => one<VersionRow>('SELECT * FROM sfn_versions WHERE arn = ?', arn),
    alias: (arn: string) => one<AliasRow>('SELECT * FROM sfn_aliases WHERE arn = ?', arn),
    machines: () =>
      many<MachineRow>("SELECT * FROM sfn_machines WHERE status = 'ACTIVE' ORDER BY created, arn"),
    deleting: () => many<{ arn: string }>("SELECT arn FROM sfn_machines WHERE status = 'DELETING'"),
    versionsOf: (machine: string) =>
      many<VersionRow>('SELECT * FROM sfn_versions WHERE machine = ? ORDER BY number DESC', machine),
    aliasesOf: (machine: string) =>
      many<AliasRow>('SELECT * FROM sfn_aliases WHERE machine = ? ORDER BY created, name', machine),

    saveMachine(m: MachineRow): void {
      db.prepare('INSERT OR REPLACE INTO sfn_machines VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
        ...[m.arn, m.name, m.status, m.role, m.definition, m.revision, m.options, m.created, m.updated],
        m.versions,
      );
    },
    saveVersion(v: VersionRow): void {
      db.prepare('INSERT INTO sfn_versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
        ...[
          v.arn,
          v.machine,
          v.number,
          v.role,
          v.definition,
          v.revision,
          v.options,
          v.description,
          v.created,
        ],
      );
    },
    saveAlias(a: AliasRow): void {
      db.prepare('INSERT OR REPLACE INTO sfn_aliases VALUES (?, ?, ?, ?, ?, ?, ?)').run(
        ...[a.arn, a.machine, a.name, a.description, a.routing, a.created, a.updated],
      );
    },
    removeVersion: (arn: string) => db.prepare('DELETE FROM sfn_versions WHERE arn = ?').run(arn),
    removeAlias: (arn: string) => db.prepare('DELETE FROM sfn_aliases WHERE arn = ?').run(arn),
    removeMachine(arn: string): void {
      db.prepare('DELETE FROM sfn_machines WHERE arn = ?').run(arn);
      db.prepare('DELETE FROM sfn_versions WHERE machine = ?').run(arn);
      db.prepare('DELETE FROM sfn_aliases WHERE machine = ?').run(arn);
    },
  };
};

export type MachineStore = ReturnType<typeof createMachineStore>;
