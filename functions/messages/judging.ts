import { hearMessage } from '#functions/feedback/hear-message';
import { iso } from '#kernel/clock';
import { askedLinks } from '#store/sends/asked-links';
import { dropHeldClick, type HeldClick } from '#store/sends/held-clicks';
import type { Store } from '#store/store';
import { burstMs, burstRule, isBurst } from './machine.ts';

/** The window of a burst, and time for the slowest of those that fell in it to be noted. */
export const holdSeconds = burstMs / 1000 + 2;

/** Asked before all that could tell was there: ask again. */
class TooEarly extends Error {
  override readonly name = 'TooEarly';
}

/** A click whose window has passed becomes what it was: one of a person, or of a program that fetches every link. */
export const judgeClick = async (store: Store, held: HeldClick): Promise<void> => {
  if (store.clock.now() < held.askedAt + burstMs) throw new TooEarly(`click ${held.id}`);
  const asked = await askedLinks(store, held.send);
  await settleClick(
    store,
    held,
    isBurst(asked, { at: held.askedAt, link: held.link }) ? burstRule : undefined,
  );
};

/** Doing it again tells the same event again, which is harmless. */
export const settleClick = async (store: Store, held: HeldClick, rule?: string): Promise<void> => {
  await tellClick(store, held, rule);
  await dropHeldClick(store, held);
};

/** @param rule the one that told a program; none: a person */
export const tellClick = async (store: Store, click: HeldClick, rule?: string): Promise<void> => {
  const { send: sendId, url: link, askedAt } = click;
  const machine = rule !== undefined;
  await hearMessage(store, { sendId, was: 'clicked', link, happenedAt: iso(askedAt), machine, rule });
};
