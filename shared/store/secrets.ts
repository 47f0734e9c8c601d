import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout as afterMilliseconds } from 'node:timers/promises';
import { type Clock, iso } from '#kernel/clock';
import { catalogue } from './keys.ts';
import { type Item, isWritten, type Table } from './table.ts';

export interface Keys {
  /** For signed links: `current` signs, all verify; those in `leaked` only an unsubscribe. */
  links: {
    current: string;
    byKid: Readonly<Record<string, Uint8Array>>;
    leaked: ReadonlySet<string>;
  };
  /** For keyed hashes of addresses; never changes, or the suppression list would forget. */
  hashing: Uint8Array;
}

/** When a link key does what (ISO); what is left out began at the beginning and has no end. */
export interface KeyTimes {
  signsFrom?: string;
  verifiesUntil?: string;
  leaked?: boolean;
}

/** All that links need. */
export interface StoredLinks {
  /** The newest one. */
  current: string;
  signing: Record<string, Uint8Array>;
  times: Record<string, KeyTimes>;
}

export interface StoredKeys extends StoredLinks {
  hashing: Uint8Array;
  /** What was the newest one when the links were last brought to their second home. */
  copied?: string;
}

const fromItem = (item: Item): StoredKeys => ({
  current: String(item.current),
  signing: item.signing as Record<string, Uint8Array>,
  times: (item.times ?? {}) as Record<string, KeyTimes>,
  hashing: item.hashing as Uint8Array,
  ...(item.copied === undefined ? {} : { copied: String(item.copied) }),
});

const holds = ({ verifiesUntil }: KeyTimes = {}, now: string): boolean =>
  verifiesUntil === undefined || verifiesUntil > now;

/** What the keys are good for at a time. A new one verifies before it signs, and an old one after. */
export const linksAt = ({ signing, times, current }: StoredLinks, ms: number): Keys['links'] => {
  const now = iso(ms);
  const kids = Object.keys(signing).filter((kid) => holds(times[kid], now));
  const since = (kid: string): string => times[kid]?.signsFrom ?? '';
  const signer = kids
    .filter((kid) => since(kid) <= now)
    .reduce<string | undefined>(
      (best, kid) => (best === undefined || since(kid) > since(best) ? kid : best),
      undefined,
    );
  return {
    current: signer ?? current,
    byKid: Object.fromEntries(kids.map((kid) => [kid, signing[kid] as Uint8Array])),
    leaked: new Set(kids.filter((kid) => times[kid]?.leaked)),
  };
};

const keysAt = (stored: StoredKeys, ms: number): Keys => ({
  links: linksAt(stored, ms),
  hashing: stored.hashing,
});

const newKeys = (): Item => ({ current: 'k1', signing: { k1: randomBytes(32) }, hashing: randomBytes(32) });

export const readStoredKeys = async (table: Table): Promise<StoredKeys> => {
  const key = catalogue.keys();
  const found = await table.get(key);
  if (found) return fromItem(found);
  const made = newKeys();
  const isOurs = await isWritten(table.put({ ...key, ...made }, { condition: 'attribute_not_exists(pk)' }));
  return fromItem(isOurs ? made : ((await table.get(key)) ?? made));
};

/** A new key signs only after all who verify have surely read it: see decisions/2026-11-22-link-keys.md. */
const freshMs = 15 * 60_000;
/** Links go on working with the keys that are known, while the store is away or slow. */
export const patienceMs = 250;
export const againMs = 30_000;

/** @param maxAgeMs how long ago the keys may have been read */
export type KeyRing = (maxAgeMs?: number) => Promise<Keys>;

/** Keys are kept for the life of the function, and read again now and then as long as the store answers. */
export const createKeyRing = (table: Table, clock: Clock): KeyRing => {
  let kept: StoredKeys | undefined;
  let triedAt = 0;
  let goodForMs = freshMs;
  let reading: Promise<StoredKeys> | undefined;

  const read = async (): Promise<StoredKeys> => {
    reading ??= readStoredKeys(table);
    try {
      kept = await reading;
      goodForMs = freshMs;
      return kept;
    } finally {
      triedAt = clock.now();
      reading = undefined;
    }
  };
  const renew = async (): Promise<void> => {
    goodForMs = againMs;
    triedAt = clock.now();
    const stop = new AbortController();
    const late = afterMilliseconds(patienceMs, undefined, { signal: stop.signal });
    await Promise.race([read(), late]).catch(() => {});
    stop.abort();
    late.catch(() => {});
    // Whoever hangs is not asked again for ever.
    reading = undefined;
  };

  return async (maxAgeMs = freshMs) => {
    if (!kept) return keysAt(await read(), clock.now());
    if (clock.now() - triedAt >= Math.min(maxAgeMs, goodForMs)) await renew();
    return keysAt(kept, clock.now());
  };
};

/** Finds a suppressed address again after its contact was erased, and tells nobody what it was. */
export const hashAddress = (keys: Keys, channel: string, address: string): string =>
  createHmac('sha256', keys.hashing).update(`${channel}:${address}`).digest('base64url');
