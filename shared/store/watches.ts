import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { iso } from '#kernel/clock';
import { contactOf } from '#kernel/ids';
import { agenda, main } from './keys.ts';
import type { Store } from './store.ts';

/**
 * When a run must be looked at although nothing happens: one of its exit rules may become true by time
 * alone. Sooner replaces later; looking once too often does no harm.
 */
export const watchRun = async (store: Store, run: string, at: number): Promise<void> => {
  const agendaAt = iso(at);
  try {
    await store.main.put(
      { ...main.watch(contactOf(run), run), kind: 'watch', run, agenda: agenda('watch', run), agendaAt },
      { condition: 'attribute_not_exists(pk) OR agendaAt > :at', values: { ':at': agendaAt } },
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
};
