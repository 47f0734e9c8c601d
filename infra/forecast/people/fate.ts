import type { ContactChannel } from '#model/channel';
import type { MessageRates } from '../rates/resolve.ts';
import { drawDelay, type Timing } from '../rates/timing.ts';
import type { Happening } from './agenda.ts';
import type { Chance } from './chance.ts';

interface Message {
  step: string;
  channel: ContactChannel;
  /** When it was sent. */
  at: number;
}

/** What becomes of a message: drawn when it is sent, happens later. Who clicks has opened it before. */
export const drawFate = (
  chance: Chance,
  { step, channel, at }: Message,
  { delivered, opened, clicked, unsubscribed }: MessageRates,
  unsubscribing: Timing,
): Happening[] => {
  const luck = chance();
  if (luck >= delivered) return [{ at: at + 2000, on: { message: step, was: 'bounced' } }];
  const clickAt = luck < clicked.rate ? at + Math.max(3000, drawDelay(chance, clicked)) : undefined;
  const opens = luck < Math.max(opened.rate, clicked.rate);
  const openAt = opens ? at + Math.max(2000, drawDelay(chance, opened)) : 0;
  return [
    { at: at + 1000, on: { message: step, was: 'delivered' } },
    ...(opens ? [{ at: earlier(openAt, clickAt), on: { message: step, was: 'opened' as const } }] : []),
    ...(clickAt === undefined ? [] : [{ at: clickAt, on: { message: step, was: 'clicked' as const } }]),
    ...(chance() < unsubscribed
      ? [{ at: at + drawDelay(chance, unsubscribing), on: { unsubscribes: channel } }]
      : []),
  ];
};

const earlier = (openAt: number, clickAt: number | undefined): number =>
  clickAt === undefined ? openAt : Math.min(openAt, clickAt - 1000);
