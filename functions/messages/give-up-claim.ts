import type { FunctionContext } from '#aws/function-context';
import type { Send } from '#model/send';
import { abandonClaim } from '#store/sends/sends';
import type { Store } from '#store/store';

interface Services {
  store: Store;
  context: Pick<FunctionContext, 'log'>;
}

/**
 * Whoever claimed it is gone, and nobody knows whether the provider took it: that is a state of its own, and
 * the provider is never called again.
 */
export const giveUpClaim = async ({ store, context }: Services, send: Send): Promise<void> => {
  if (await abandonClaim(store, send, 'unknown-outcome'))
    context.log.error('send-indeterminate', { send: send.id, journey: send.journey, step: send.step });
};
