import { durationMs } from '#kernel/durations';
import type { Send } from '#model/send';
import { isWanted } from '#policy/sending/unanswered';
import type { Brought } from '#store/sends/unanswered';
import type { Scene } from '../scene.ts';

/**
 * Is it a form, which anybody can post, that brings this message to somebody who may not know of it? Then its
 * claim sees to it that the mailbox gets one such message.
 */
export const broughtBy = (
  { run, contact, client }: Scene,
  { id, channel }: Send,
  address: string | undefined,
): Brought | undefined => {
  const { post, admitted = [] } = run;
  if (!post || address === undefined || (channel !== 'email' && channel !== 'sms')) return undefined;
  if (admitted.includes(channel) || isWanted(contact, channel)) return undefined;
  return { channel, address, post, send: id, quietMs: durationMs(client.limits.unanswered) };
};
