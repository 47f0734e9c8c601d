import { describeError } from '#http/problem';
import { drawn } from '#kernel/ids';
import type { Send } from '#model/send';
import { type BrakeWindow, isCounted, weightOf, windowsOf } from '#policy/sending/brake';
import { addToBrake } from '#store/sends/brake';
import { stopSending } from '../../pausing/stop-sending.ts';
import type { Services } from '../../services.ts';
import type { Scene } from '../scene.ts';

/**
 * Counts a message that was claimed for the client's bound, beside the call of the provider. Over it
 * everything stops; what is on its way already still goes. A count that fails stops nobody.
 */
export const countForBrake = async (services: Services, { client }: Scene, send: Send): Promise<void> => {
  if (send.attempts !== 1 || send.channel === 'team') return;
  for (const window of windowsOf(client.brake))
    if (isCounted(weightOf(window), drawn('brake', window.per, send.id)))
      await countIn(services, window).catch((error: Error) =>
        services.context.log.error('brake-not-counted', { ...describeError(error) }),
      );
};

const countIn = async (services: Services, window: BrakeWindow): Promise<void> => {
  const used = await addToBrake(services.store, window);
  if (used <= window.atMost) return;
  await stopSending(services, 'all', {
    because: 'brake',
    note: `about ${used} messages within this ${window.per}; brake in client.json allows ${window.atMost}`,
  });
};
