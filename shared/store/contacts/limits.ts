import { main, ttlAttribute } from '../keys.ts';
import { hashAddress } from '../secrets.ts';
import type { Store } from '../store.ts';
import { isWritten } from '../table.ts';

/** At most so many within each window of `perMs`, for one of a kind. */
export interface Counted {
  what: string;
  /** Kept as keyed hash only. */
  who: string;
  atMost: number;
  perMs: number;
}

const windowOf = (now: number, perMs: number): number => Math.floor(now / perMs);
/** Seconds until the window ends. */
const waitOf = (now: number, perMs: number): number =>
  Math.max(1, Math.ceil(((windowOf(now, perMs) + 1) * perMs - now) / 1000));

const keyOf = async (store: Store, { what, who, perMs }: Omit<Counted, 'atMost'>) =>
  main.limit(what, hashAddress(await store.keys(), `limit:${what}`, who), windowOf(store.clock.now(), perMs));

const expiresAt = (now: number, perMs: number): number => Math.floor((now + 2 * perMs) / 1000) + 60;

/**
 * Counts one for `who`, and for `part` of it (an address of a mailbox), in one conditional write.
 * @returns seconds to wait when it is too much
 */
export const countOne = async (
  store: Store,
  whole: Counted,
  part: Pick<Counted, 'who' | 'atMost'>,
): Promise<number | undefined> => {
  const now = store.clock.now();
  const mark = hashAddress(await store.keys(), `limit:${whole.what}`, part.who);
  const counted = await isWritten(
    store.main.update(await keyOf(store, whole), {
      update: 'ADD #hits :one, #part :one SET #expiresAt = :expiresAt',
      condition:
        '(attribute_not_exists(#hits) OR #hits < :whole) AND (attribute_not_exists(#part) OR #part < :part)',
      names: { '#hits': 'hits', '#part': `of ${mark}`, '#expiresAt': ttlAttribute },
      values: {
        ...{ ':one': 1, ':whole': whole.atMost, ':part': part.atMost },
        ':expiresAt': expiresAt(now, whole.perMs),
      },
    }),
  );
  return counted ? undefined : waitOf(now, whole.perMs);
};

interface Tally {
  window: number;
  /** Since the last report. */
  hits: number;
  isFull: boolean;
}

/** So many are remembered here at once. */
const mostTallies = 20_000;
/** Parts of a limit that one instance counts by itself before it tells the others. */
const portions = 20;

/**
 * Counts in memory, and tells the table a twentieth of the limit at a time: ordinary traffic writes
 * nothing, and all instances together let pass a little more than the limit, never much. At most one
 * write for a request.
 */
export class Limiter {
  readonly #store: Store;
  readonly #tallies = new Map<string, Tally>();

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * @param weight so many at once
   * @returns seconds to wait when one of them is too much
   */
  async take(limits: readonly Counted[], weight = 1): Promise<number | undefined> {
    const now = this.#store.clock.now();
    const tallies = limits.map((limit) => ({ limit, tally: this.#tallyOf(limit, now) }));
    const full = tallies.find(({ tally }) => tally.isFull);
    if (full) return waitOf(now, full.limit.perMs);
    for (const { tally } of tallies) tally.hits += weight;
    const due = tallies.find(({ limit, tally }) => tally.hits >= Math.max(1, limit.atMost / portions));
    if (!due || (await this.#report(due.limit, due.tally))) return undefined;
    due.tally.isFull = true;
    return waitOf(now, due.limit.perMs);
  }

  async #report({ atMost, ...limit }: Counted, tally: Tally): Promise<boolean> {
    const hits = tally.hits;
    tally.hits = 0;
    return isWritten(
      this.#store.main.update(await keyOf(this.#store, limit), {
        update: 'ADD #hits :hits SET #expiresAt = :expiresAt',
        condition: 'attribute_not_exists(#hits) OR #hits <= :room',
        names: { '#hits': 'hits', '#expiresAt': ttlAttribute },
        values: {
          ...{ ':hits': hits, ':room': atMost - hits },
          ':expiresAt': expiresAt(this.#store.clock.now(), limit.perMs),
        },
      }),
    );
  }

  #tallyOf({ what, who, perMs }: Counted, now: number): Tally {
    const name = `${what} ${who}`;
    const window = windowOf(now, perMs);
    const known = this.#tallies.get(name);
    if (known?.window === window) return known;
    if (this.#tallies.size >= mostTallies) this.#forgetOldest();
    const fresh = { window, hits: 0, isFull: false };
    this.#tallies.set(name, fresh);
    return fresh;
  }

  /** Maps keep the order of insertion. */
  #forgetOldest(): void {
    const [oldest] = this.#tallies.keys();
    if (oldest !== undefined) this.#tallies.delete(oldest);
  }
}
