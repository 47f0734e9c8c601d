import { iso } from '#kernel/clock';
import type { Client } from '#model/client';
import { changeSending } from '#store/catalogue/sending';
import type { Key } from '#store/keys';
import { createRealClock, createVirtualClock } from '../time/clock.ts';
import type { World } from '../world.ts';
import { putBack } from './backup.ts';
import { openTables, type Tables, type WireItem } from './tables.ts';

export interface RestoreOptions {
  backup: string;
  /** A new folder. */
  data: string;
  client: Client;
  /** The folder of the world that was lost, where it can still be read. */
  lost?: string | undefined;
  /** Of a world with a virtual clock: where it goes on. */
  now?: number | undefined;
  /** To erase again whoever was erased since. */
  openWorld: (data: string) => Promise<World>;
}

export interface Restoration {
  from: string;
  at: string;
  /** Brought over from the lost world: messages that it sent, and addresses that nobody may write to. */
  messages: number;
  suppressions: number;
  /** Erased again. */
  erased: number;
}

/** The world goes on from the backup and sends nobody what the lost one sent, or may have sent. */
export const restore = async (options: RestoreOptions): Promise<Restoration> => {
  const { backup, data, client, lost } = options;
  const note = putBack(backup, data);
  const clock = options.now === undefined ? createRealClock() : createVirtualClock(options.now);
  const tables = openTables(data, client, clock);
  const at = iso(clock.now());
  const erasures: string[] = [];
  const brought = { messages: 0, suppressions: 0 };
  try {
    if (options.now !== undefined) await tables.kept.set('clock', String(options.now));
    if (lost === undefined)
      await changeSending(tables.store, (state) => ({ ...state, restored: { from: note.at, at } }));
    else Object.assign(brought, await bringOver(lost, options, tables, erasures));
  } finally {
    await tables.close();
    clock.stop();
  }
  if (erasures.length > 0) await eraseAgain(options, erasures);
  return { from: note.at, at, ...brought, erased: erasures.length };
};

/** What only restricts: which messages were made, and who must not be written to. */
const bringOver = async (
  lost: string,
  { client, now }: RestoreOptions,
  tables: Tables,
  erasures: string[],
): Promise<{ messages: number; suppressions: number }> => {
  const clock = now === undefined ? createRealClock() : createVirtualClock(now);
  const old = openTables(lost, client, clock);
  const brought = { messages: 0, suppressions: 0 };
  try {
    for await (const item of old.items()) {
      const [pk = '', sk = ''] = [item.pk?.S, item.sk?.S];
      if (pk.startsWith('S#contact#')) {
        if (!(await tables.store.main.get({ pk, sk }))) erasures.push(pk.slice('S#contact#'.length));
      } else if (pk.startsWith('S#')) {
        await tables.put(item);
        brought.suppressions++;
      } else if (sk === 'PROFILE') {
        await restrict(tables, old, { pk, sk });
      } else if (isMadeMessage(item)) {
        await tables.put(item);
        brought.messages++;
      }
    }
  } finally {
    await old.close();
    clock.stop();
  }
  return brought;
};

interface Restricted {
  consent?: Record<string, { given?: boolean }>;
  suppressed?: Record<string, unknown>;
}

/** A no, and what may not be written to, of a contact; a yes since then is asked for again. */
const restrict = async (tables: Tables, old: Tables, key: Key): Promise<void> => {
  const [now, then] = [await tables.store.main.get(key), await old.store.main.get(key)];
  if (!now || !then) return;
  const { consent = {}, suppressed = {} } = then as Restricted;
  const noes = Object.entries(consent).filter(([, { given }]) => given === false);
  const known = now as Restricted;
  await tables.store.main.put({
    ...now,
    ...key,
    consent: { ...known.consent, ...Object.fromEntries(noes) },
    suppressed: { ...known.suppressed, ...suppressed },
  });
};

/** Claimed or sent; what was skipped or not taken may still be decided anew. */
const isMadeMessage = ({ sk, status }: WireItem): boolean =>
  sk?.S?.startsWith('M#') === true && ['claimed', 'sent', 'indeterminate'].includes(status?.S ?? '');

const eraseAgain = async ({ data, openWorld }: RestoreOptions, ids: readonly string[]): Promise<void> => {
  const world = await openWorld(data);
  try {
    const headers = { authorization: `Bearer ${world.adminToken}` };
    for (const id of ids) await world.http({ method: 'DELETE', path: `/v1/contacts/${id}`, headers });
    await world.drain();
  } finally {
    await world.close();
  }
};
