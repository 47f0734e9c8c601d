import { main } from '../keys.ts';
import type { Store } from '../store.ts';
import { ifHolds } from '../table.ts';

/** Names that outsiders choose are counted by themselves as long as there are so few. */
const mostNames = 500;

const read = async (store: Store, what: string): Promise<Set<string>> =>
  ((await store.main.get(main.namesOf(what)))?.names as Set<string> | undefined) ?? new Set();

const admit = async (store: Store, what: string, name: string): Promise<Set<string> | undefined> => {
  const item = await ifHolds(
    store.main.update(main.namesOf(what), {
      update: 'ADD #names :new SET #kind = :kind',
      condition: 'attribute_not_exists(#names) OR size(#names) < :most OR contains(#names, :name)',
      names: { '#names': 'names', '#kind': 'kind' },
      values: { ':new': new Set([name]), ':name': name, ':most': mostNames, ':kind': 'names' },
    }),
  );
  return item?.names as Set<string> | undefined;
};

/** Which names are counted by themselves. It only grows, so what was said once stays true. */
export interface CountNames {
  /** Before they are asked for. */
  admit(what: string, name: string): Promise<void>;
  isAdmitted(what: string, name: string): boolean;
}

/** Made once per function: an invocation pays only for names that are new to it. */
export const createCountNames = (store: Store): CountNames => {
  const known = new Map<string, Set<string>>();
  const full = new Set<string>();
  return {
    async admit(what, name) {
      if (known.get(what)?.has(name)) return;
      if (full.has(what)) return;
      const names = await admit(store, what, name);
      if (names) known.set(what, names);
      else {
        known.set(what, await read(store, what));
        full.add(what);
      }
    },
    isAdmitted: (what, name) => known.get(what)?.has(name) ?? false,
  };
};
