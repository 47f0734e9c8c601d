import type { ReadyMessage } from '#channels/order';
import { dropDevice } from '#functions/contacts/devices/devices';
import type { SendResult } from '#store/sends/sends';
import type { Services } from '../../services.ts';

/** What SNS says of a device that the app was removed from, or that nobody knows any more. */
const over: ReadonlySet<string> = new Set(['endpoint-disabled', 'endpoint-gone']);

/** The next message goes to another device of the contact, or is counted as having no address. */
export const forgetDevice = async (
  { store }: Services,
  message: ReadyMessage,
  result: SendResult,
): Promise<void> => {
  if (message.channel === 'push' && result.status === 'failed' && over.has(result.reason))
    await dropDevice(store, message.to);
};
