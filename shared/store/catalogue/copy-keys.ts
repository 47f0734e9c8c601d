import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import type { FunctionContext } from '#aws/function-context';
import { catalogue } from '../keys.ts';
import { writeSecondHome } from '../second-home.ts';
import { readStoredKeys } from '../secrets.ts';
import type { Store } from '../store.ts';

/**
 * Brings the link keys to their second home, where they are not there yet.
 * @param again also where they should be there: somebody may have restored either of the two
 * @returns whether there was something to bring
 */
export const copyLinkKeys = async (
  store: Store,
  context: Pick<FunctionContext, 'aws' | 'settings'>,
  again = false,
): Promise<boolean> => {
  const stored = await readStoredKeys(store.catalogue);
  if (stored.copied === stored.current && !again) return false;
  await writeSecondHome(context, stored);
  try {
    await store.catalogue.update(catalogue.keys(), {
      update: 'SET copied = :current',
      condition: '#current = :current',
      names: { '#current': 'current' },
      values: { ':current': stored.current },
    });
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    // Rotated meanwhile; ours may have been written over the newer one.
    await copyLinkKeys(store, context, true);
  }
  return true;
};
