import { randomBytes } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { iso } from '#kernel/clock';
import { Refusal } from '#kernel/errors';
import { catalogue } from '../keys.ts';
import { type KeyTimes, linksAt, readStoredKeys, type StoredKeys } from '../secrets.ts';
import type { Store } from '../store.ts';

/** One link key, as people may see it: never its bytes. */
export interface LinkKey {
  id: string;
  /** `next`: verifies already, signs from `signsFrom` on. `old`: verifies until `verifiesUntil`. */
  use: 'signs' | 'next' | 'old' | 'leaked';
  signsFrom?: string;
  verifiesUntil?: string;
}

/** Four times as long as functions go on with what they have read (`secrets.ts`). */
const announcedMs = 60 * 60_000;

const describe = (stored: StoredKeys, now: number): LinkKey[] => {
  const links = linksAt(stored, now);
  return Object.keys(links.byKid).map((id) => {
    const { signsFrom, verifiesUntil, leaked } = stored.times[id] ?? {};
    const waits = signsFrom !== undefined && signsFrom > iso(now);
    return {
      id,
      use: id === links.current ? 'signs' : leaked ? 'leaked' : waits ? 'next' : 'old',
      ...(signsFrom === undefined ? {} : { signsFrom }),
      ...(verifiesUntil === undefined ? {} : { verifiesUntil }),
    };
  });
};

export interface LinkKeyList {
  keys: LinkKey[];
  /** Their second home has them, too. */
  copied: boolean;
}

export const listLinkKeys = async (store: Store): Promise<LinkKeyList> => {
  const stored = await readStoredKeys(store.catalogue);
  return { keys: describe(stored, store.clock.now()), copied: stored.copied === stored.current };
};

const nextId = ({ signing }: StoredKeys): string =>
  `k${Math.max(0, ...Object.keys(signing).map((kid) => Number(kid.slice(1)) || 0)) + 1}`;

export interface Rotation {
  /** How long links that were signed by now go on working. */
  oldForMs: number;
  /** Somebody else may have the old keys: the new one signs at once, and the old ones only unsubscribe. */
  leaked: boolean;
}

const rotated = (stored: StoredKeys, now: number, { oldForMs, leaked }: Rotation): StoredKeys => {
  const signsFrom = now + (leaked ? 0 : announcedMs);
  const end = iso(signsFrom + oldForMs);
  const alive = Object.keys(linksAt(stored, now).byKid);
  const old = alive.map((kid): [string, KeyTimes] => {
    const times = stored.times[kid] ?? {};
    return [kid, { ...times, verifiesUntil: times.verifiesUntil ?? end, ...(leaked ? { leaked } : {}) }];
  });
  const current = nextId(stored);
  return {
    ...stored,
    current,
    signing: {
      ...Object.fromEntries(alive.map((kid) => [kid, stored.signing[kid] as Uint8Array])),
      [current]: randomBytes(32),
    },
    times: { ...Object.fromEntries(old), [current]: { signsFrom: iso(signsFrom) } },
  };
};

const isUnderWay = ({ times, current }: StoredKeys, now: number): boolean =>
  (times[current]?.signsFrom ?? '') > iso(now);

/** A new key for links. Every link that was made before works on; done twice at once it happens once. */
export const rotateLinkKeys = async (store: Store, rotation: Rotation): Promise<LinkKey[]> => {
  const now = store.clock.now();
  const stored = await readStoredKeys(store.catalogue);
  const busy = (cause?: unknown): Refusal =>
    new Refusal(
      409,
      'rotation-under-way',
      'A new key is about to sign already; ask for the next one later.',
      { cause },
    );
  if (isUnderWay(stored, now) && !rotation.leaked) throw busy();
  const next = rotated(stored, now, rotation);
  try {
    await store.catalogue.update(catalogue.keys(), {
      update: 'SET #current = :next, signing = :signing, times = :times',
      condition: '#current = :was',
      names: { '#current': 'current' },
      values: {
        ':next': next.current,
        ':was': stored.current,
        ':signing': next.signing,
        ':times': next.times,
      },
    });
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) throw busy(error);
    throw error;
  }
  return describe(next, now);
};
