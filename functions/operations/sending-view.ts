import type * as z from 'zod';
import type { Services } from '#functions/journeys/services';
import type { sendingStateSchema } from '#model/sending-state';
import { windowsOf } from '#policy/sending/brake';
import { readSending } from '#store/catalogue/sending';
import { readBrake } from '#store/sends/brake';

export type SendingView = z.output<typeof sendingStateSchema>;

/** What is paused, and how much of the client's bounds is used. */
export const viewSending = async ({ store, catalogue }: Services): Promise<SendingView> => {
  const [{ paused }, { brake }] = await Promise.all([readSending(store), catalogue.client()]);
  const windows = windowsOf(brake);
  const used = await Promise.all(windows.map((window) => readBrake(store, window)));
  return { paused, brake: windows.map((window, i) => ({ ...window, used: used[i] ?? 0 })) };
};
