import { startClickWindow } from '#aws/click-window';
import type { FunctionContext } from '#aws/function-context';
import { readRun } from '#store/runs/runs';
import { noteAsked } from '#store/sends/asked-links';
import { type HeldClick, heldClick, putHeldClick } from '#store/sends/held-clicks';
import type { Store } from '#store/store';
import { holdSeconds, tellClick } from './judging.ts';
import { burstRule, isBurst } from './machine.ts';

/** Too little to judge a click in, and to bring it to the run. */
const lastMs = (holdSeconds + 3) * 1000;

export interface Click {
  send: string;
  url: string;
  /** The rule that tells a program by its request alone. */
  rule: string | undefined;
}

/**
 * What a program did is told at once. What may be a person's is stored at once, and told when the window
 * has passed in which others would come with it: see decisions/2026-11-22-a-click-waits-for-others.md.
 */
export const hearClick = async (
  store: Store,
  context: FunctionContext,
  { send, url, rule }: Click,
): Promise<void> => {
  const noted = await noteAsked(store, send, url);
  if (!noted) return;
  const { one, asked, run } = noted;
  const told = rule ?? (isBurst(asked, one) ? burstRule : undefined);
  const click = heldClick({ send, url, link: one.link, askedAt: one.at });
  if (told === undefined && !(await isWaitedFor(store, run, one.at))) return hold(store, context, click);
  await tellClick(store, click, told);
};

/** The run goes on without an answer before the window is over: who clicks so late is believed. */
const isWaitedFor = async (store: Store, run: string, at: number): Promise<boolean> => {
  const wait = (await readRun(store, run))?.wait;
  return wait !== undefined && Date.parse(wait.until) - at < lastMs;
};

/** Side by side: a machine that finds no click has nothing to do, and a click without one the sweep finds. */
const hold = async (store: Store, context: FunctionContext, click: HeldClick): Promise<void> => {
  const [stored, started] = await Promise.allSettled([
    putHeldClick(store, click),
    startClickWindow(context, { contact: click.contact, click: click.id }),
  ]);
  if (started.status === 'rejected')
    context.log.warn('click-waits-for-sweep', { click: click.id, reason: (started.reason as Error).name });
  if (stored.status === 'rejected') throw stored.reason;
};
