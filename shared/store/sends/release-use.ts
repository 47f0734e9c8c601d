import type { Send } from '#model/send';
import type { Store } from '../store.ts';
import { isWritten } from '../table.ts';
import { capWrite, readCaps, withoutUseOf } from './sends.ts';

/** Others may change the same item; who loses so often leaves a message less to be sent, not one more. */
const tries = 5;

/** Of a message that was surely not sent. Again and again is harmless: what is not counted is not taken away. */
export const releaseUse = async (store: Store, contact: string, send: Send): Promise<void> => {
  for (let i = 0; i < tries; i++) {
    const caps = await readCaps(store, contact);
    const rest = withoutUseOf(caps, send);
    if (rest.sentAt[send.channel]?.length === (caps.sentAt[send.channel]?.length ?? 0)) return;
    const write = capWrite(store, contact, rest);
    if (!('put' in write)) return;
    const { put, condition, values } = write;
    if (await isWritten(store.main.put(put, { ...(condition && { condition }), ...(values && { values }) })))
      return;
  }
};
