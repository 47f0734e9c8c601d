import { iso } from '#kernel/clock';
import { inLanes } from '#kernel/lanes';
import type { Stop, Stoppable } from '#model/sending-state';
import { windowsOf } from '#policy/sending/brake';
import { listJourneys } from '#store/catalogue/journeys';
import { changeSending, noteSpread, type SendingState } from '#store/catalogue/sending';
import { stopGates } from '#store/runs/gates';
import { releaseBrake } from '#store/sends/brake';
import { releasePaused } from '../running/waits/release-paused.ts';
import type { Services } from '../services.ts';

type Working = Pick<Services, 'store' | 'context'>;

const atOnce = 4;

/** Into the gates of every journey; whoever publishes a new one meanwhile reads the switch itself. */
const spreadStops = async ({ store }: Working, state: SendingState): Promise<void> => {
  if (state.spread === state.rev) return;
  const journeys = (await listJourneys(store)).filter(({ version }) => version !== undefined);
  await inLanes(atOnce, journeys, ({ id }) => stopGates(store, id, state));
  await noteSpread(store, state);
};

/** When this has answered, no claim of what is stopped commits any more. Saying it twice changes nothing. */
export const stopSending = async (
  services: Working,
  what: Stoppable,
  stop: Omit<Stop, 'at'>,
): Promise<SendingState> => {
  const { store, context } = services;
  let isNew = false;
  const state = await changeSending(store, (before) => {
    isNew = before.paused[what] === undefined;
    if (!isNew) return before;
    return { ...before, paused: { ...before.paused, [what]: { at: iso(store.clock.now()), ...stop } } };
  });
  await spreadStops(services, state);
  if (isNew)
    context.log[stop.because === 'brake' ? 'error' : 'warn']('sending-paused', {
      what,
      because: stop.because,
    });
  return state;
};

/** Runs that were held go on, a portion now and the rest by the sweep; what became stale is skipped. */
export const resumeSending = async (services: Services, what: Stoppable): Promise<SendingState> => {
  const { store, context } = services;
  const state = await changeSending(store, (before) => {
    if (before.paused[what] === undefined) return before;
    const { [what]: _, ...paused } = before.paused;
    return { ...before, paused, resumedAt: iso(store.clock.now()) };
  });
  if (what === 'all') await wholeBound(services);
  await spreadStops(services, state);
  context.log.warn('sending-resumed', { what });
  await releaseStopped(services, what, state);
  return state;
};

const wholeBound = async ({ store, catalogue }: Services): Promise<void> => {
  const { brake } = await catalogue.client();
  for (const window of windowsOf(brake)) await releaseBrake(store, window);
};

/** @returns how many were found that may go on */
const releaseStopped = async (
  services: Services,
  what: Stoppable,
  { paused }: SendingState,
): Promise<number> => {
  if (paused.all) return 0;
  let count = 0;
  for (const { id, status } of await listJourneys(services.store))
    if (status === 'live' || status === 'archived')
      count += await releasePaused(services, id, what === 'all' ? undefined : what);
  return count;
};

/** As long as a hold may last that a pause began. */
const lookedAfterMs = 31 * 86_400_000;
const channels = ['email', 'sms', 'push', 'team'] as const;

/** What pauses left: gates that a crash did not reach, and holds that a resume did not. */
export const sweepStops = async (services: Services, state: SendingState): Promise<number> => {
  await spreadStops(services, state);
  let count = await releaseStopped(services, 'all', state);
  const { resumedAt } = state;
  if (resumedAt === undefined || services.store.clock.now() - Date.parse(resumedAt) > lookedAfterMs)
    return count;
  for (const channel of channels)
    if (!state.paused[channel]) count += await releaseStopped(services, channel, state);
  return count;
};
