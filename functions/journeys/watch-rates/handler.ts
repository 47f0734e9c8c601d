import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { describeError } from '#http/problem';
import { iso } from '#kernel/clock';
import type { JourneyRecord } from '#model/journey';
import { answered, moved, since, type Tally, type Trip, tripOf } from '#policy/sending/breaker';
import { listJourneys } from '#store/catalogue/journeys';
import { readBreaker, readTally, saveBreaker } from '#store/runs/breakers';
import { setStatus } from '../publishing/set-status.ts';
import { openServices, type Services } from '../services.ts';

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const services = openServices(context);
  return () => watch(services);
};

/** One that cannot be judged does not keep the others. */
const watch = async (services: Services): Promise<{ paused: number }> => {
  const { store, context, catalogue } = services;
  await catalogue.renew();
  let paused = 0;
  for (const journey of await listJourneys(store))
    if (journey.status === 'live')
      paused += await judge(services, journey).catch((error: Error) => {
        context.log.error('rates-not-judged', { journey: journey.id, ...describeError(error) });
        return 0;
      });
  return { paused };
};

const judge = async (services: Services, journey: JourneyRecord): Promise<number> => {
  const { store, catalogue } = services;
  const now = store.clock.now();
  const [tally, before, client] = await Promise.all([
    readTally(store, journey.id),
    readBreaker(store, journey.id),
    catalogue.client(),
  ]);
  // Somebody resumed it: what led to the pause was looked at.
  const window = before?.tripped ? { begunAt: now, base: tally, former: tally } : moved(before, tally, now);
  const recent = since(tally, window.former);
  const trip = tripOf(recent, client.breaker);
  if (trip) {
    await pause(services, journey, { trip, recent });
    await saveBreaker(store, journey.id, { ...window, tripped: true });
    return 1;
  }
  if (window !== before) await saveBreaker(store, journey.id, window);
  return 0;
};

const pause = async (
  { store, context }: Services,
  journey: JourneyRecord,
  { trip, recent }: { trip: Trip; recent: Tally },
): Promise<void> => {
  const { bounced, complained } = recent;
  const facts = { mails: answered(recent), bounced, complained };
  const paused = { because: trip, at: iso(store.clock.now()), ...facts };
  await setStatus(store, journey, { status: 'paused', gates: 'paused', paused });
  context.log.error('journey-paused', { journey: journey.id, because: trip, ...facts });
};
