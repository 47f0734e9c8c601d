import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { openServices, type Services } from '#functions/journeys/services';
import { json } from '#http/answer';
import { httpHandler } from '#http/handler';
import { beat, nextBeat, tellMissing } from '../watching/heartbeat.ts';
import { measureStatus } from '../watching/measure.ts';
import { readStatus } from '../watching/status.ts';
import { viewClient } from './client-view.ts';

/** Every five minutes: what was sent before is looked for first. */
const watch = async (services: Services): Promise<{ next?: string | null }> => {
  await services.catalogue.renew();
  await tellMissing(services);
  await beat(services);
  // Where nobody collects figures, as on one machine, nobody looks for them.
  if (!services.context.measure) return { next: await nextBeat(services) };
  await measureStatus(services, await readStatus(services));
  return {};
};

const isSchedule = (event: unknown): boolean => (event as { source?: unknown } | null)?.source === 'schedule';

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const services = openServices(context);
  const http = httpHandler(
    context,
    { store: services.store },
    {
      'GET /v1/status': async () => {
        await services.catalogue.renew();
        return json(200, await readStatus(services));
      },
      'GET /v1/client': async () => {
        await services.catalogue.renew();
        return json(200, viewClient(await services.catalogue.client()));
      },
    },
  );
  return (event, call) => (isSchedule(event) ? watch(services) : http(event, call));
};
