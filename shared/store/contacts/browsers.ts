import type { Identity } from '#policy/contacts/identity';
import type { Store } from '../store.ts';
import { pkOf } from './identities.ts';

/** Enough for a person's devices. With more, an erasure, a merge or the profile itself would get too large. */
const maxBrowsers = 50;

/** Of one transaction. */
const goneAtOnce = 60;
const readAtOnce = 100;

const isBrowser = (pk: string): boolean => pk.startsWith('I#anonymousId#');

/** Those that go when others come: who links many takes the place of old ones, not of what is to come. */
export const outdatedBrowsers = async (
  store: Store,
  seen: ReadonlySet<string>,
  links: readonly Identity[],
): Promise<string[]> => {
  const browsers = [...seen].filter(isBrowser);
  const coming = links.map(pkOf).filter(isBrowser);
  const over = coming.length === 0 ? 0 : browsers.length + coming.length - maxBrowsers;
  if (over <= 0) return [];
  const read = browsers.slice(0, readAtOnce);
  const items = await store.main.getMany(read.map((pk) => ({ pk, sk: 'I' })));
  const linkedAt = new Map(items.map((item) => [String(item.pk), String(item.linkedAt)]));
  const age = (pk: string): string => linkedAt.get(pk) ?? '';
  return read.sort((a, b) => age(a).localeCompare(age(b))).slice(0, Math.min(over, goneAtOnce));
};
