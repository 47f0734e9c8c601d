import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { json } from '#http/answer';
import { httpHandler } from '#http/handler';
import { parameter } from '#http/request';
import { noSuch, Refusal } from '#kernel/errors';
import type { JourneyPause } from '#model/journey-pause';
import { createPlan, type Plan } from '#statemachines/compile/plan';
import type { Journey } from '#statemachines/document/schema';
import { readJourney, readVersion } from '#store/catalogue/journeys';
import { readCounts } from '#store/runs/counters';
import { readTrials } from '#store/runs/trials';
import { openStore, type Store } from '#store/store';
import { createReport, type Report } from './report.ts';

interface Published {
  plan: Plan;
  version: number;
  paused: JourneyPause | undefined;
}

const planOf = async (store: Store, id: string): Promise<Published> => {
  const journey = await readJourney(store, id);
  if (!journey) throw noSuch('journey', id);
  if (journey.version === undefined)
    throw new Refusal(
      409,
      'not-published',
      'This journey was never published, so there is nothing to report.',
    );
  const version = await readVersion(store, id, journey.version);
  if (!version) throw new Error(`version ${journey.version} of ${id} is not in the catalogue`);
  // It was checked before it was published; today's rules are for today's drafts.
  const document = JSON.parse(version.document.replace(/^\uFEFF/, '')) as Journey;
  return { plan: createPlan(document), version: journey.version, paused: journey.paused };
};

const report = async (store: Store, id: string): Promise<Report> => {
  const { plan, version, paused } = await planOf(store, id);
  const [counts, trials] = await Promise.all([
    readCounts(store, id),
    readTrials(store, { journey: id, version }),
  ]);
  return { ...createReport(plan, counts, trials), ...(paused ? { paused } : {}) };
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  return httpHandler(context, { store }, async (request) =>
    json(200, await report(store, parameter(request, 'id'))),
  );
};
