import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { json } from '#http/answer';
import { httpHandler } from '#http/handler';
import { parameter } from '#http/request';
import { Refusal } from '#kernel/errors';
import { createPlan, type Plan } from '#statemachines/compile/plan';
import { parseDocument } from '#statemachines/document/parse';
import { readCounts } from '#store/counters';
import { readJourney, readVersion } from '#store/journeys';
import { openStore, type Store } from '#store/store';
import { createReport, type Report } from './report.ts';

const planOf = async (store: Store, id: string): Promise<Plan> => {
  const journey = await readJourney(store, id);
  if (!journey) throw new Refusal(404, 'unknown-journey', 'There is no journey of this id.');
  if (journey.version === undefined)
    throw new Refusal(
      409,
      'not-published',
      'This journey was never published, so there is nothing to report.',
    );
  const version = await readVersion(store, id, journey.version);
  const { document } = parseDocument(version?.document ?? '');
  if (!document) throw new Error(`version ${journey.version} of ${id} cannot be read`);
  return createPlan(document);
};

const report = async (store: Store, id: string): Promise<Report> =>
  createReport(await planOf(store, id), await readCounts(store, id));

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  return httpHandler(context, { access: 'admin', store }, async (request) =>
    json(200, await report(store, parameter(request, 'id'))),
  );
};
