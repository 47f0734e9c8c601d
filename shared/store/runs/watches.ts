import { iso } from '#kernel/clock';
import { contactOf } from '#kernel/ids';
import { agenda, main } from '../keys.ts';
import type { Store } from '../store.ts';
import { ifHolds } from '../table.ts';

/**
 * When a run must be looked at although nothing happens: one of its exit rules may become true by time
 * alone. Sooner replaces later; looking once too often does no harm.
 */
export const watchWrite = (store: Store, run: string, at: number) => ({
  table: store.main,
  put: {
    ...main.watch(contactOf(run), run),
    ...{ kind: 'watch', run, agenda: agenda('watch', run), agendaAt: iso(at) },
  },
});

/** Read first, because most often it stands there already. */
export const watchRun = async (store: Store, run: string, at: number): Promise<void> => {
  const { put } = watchWrite(store, run, at);
  const known = await store.main.get(main.watch(contactOf(run), run));
  if (known && String(known.agendaAt) <= put.agendaAt) return;
  const isEarlier = 'attribute_not_exists(pk) OR agendaAt > :at';
  await ifHolds(store.main.put(put, { condition: isEarlier, values: { ':at': put.agendaAt } }));
};
