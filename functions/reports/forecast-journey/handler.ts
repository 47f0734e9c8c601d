import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { checkDraft } from '#functions/journeys/publishing/check-draft';
import { clientDocuments } from '#functions/journeys/publishing/client-documents';
import { findJourney, journeyId } from '#functions/journeys/publishing/find-journey';
import { openServices, type Services } from '#functions/journeys/services';
import type { HttpAnswer } from '#http/answer';
import { jsonBodyOf } from '#http/body';
import { httpHandler } from '#http/handler';
import type { HttpRequest } from '#http/request';
import { Refusal } from '#kernel/errors';
import { forecastRequestSchema, type JourneyForecast } from '#model/forecast';
import { createPlan } from '#statemachines/compile/plan';
import { readChecked } from '#statemachines/document/checked';
import { readDraft, readVersion } from '#store/catalogue/journeys';
import { definitionsIn } from '../figures/range.ts';
import { show } from '../figures/show.ts';
import { countsFor } from './counts.ts';
import { type Counts, enough, measuredRates } from './measured.ts';
import { forecastPlots, forecastTables } from './tables.ts';

/** A document of the language's own limit of 1 MB, and rates for each of its steps. */
const maxBytes = 2 * 1024 * 1024;
/** Less than API Gateway waits, so that the answer says why. */
const patienceMs = 20_000;
/** Whom it is reckoned for where hardly anybody entered yet. */
const usualAudience = 1_000;

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const services = openServices(context);
  return httpHandler(context, { store: services.store }, (request) => answer(services, request));
};

const answer = async (services: Services, request: HttpRequest): Promise<HttpAnswer> => {
  const forecast = await foretell(services, request);
  return show(request, {
    name: `${forecast.journey.id}-forecast`,
    answer: forecast,
    tables: forecastTables,
    plots: forecastPlots,
  });
};

const foretell = async (services: Services, request: HttpRequest): Promise<JourneyForecast> => {
  const { context, catalogue } = services;
  const asked = jsonBodyOf(request, forecastRequestSchema, maxBytes);
  const id = journeyId(request);
  await catalogue.renew();
  const { text, of } = await documentOf(services, id, asked);
  const document = readChecked(text);
  const plan = createPlan(document);
  const counts = await countsFor(services.store, id, plan, await definitionsIn(services.store));
  if (!context.simulate) throw new Error('the function was not handed a simulator');
  const { forecast, issues, refused } = await context.simulate.foretell({
    ...(await clientDocuments(catalogue)),
    ...{ text, patienceMs, seed: asked.seed, sample: asked.sample },
    rates: { defaults: 'typical', ...asked.rates },
    measured: asked.measured ? measuredRates(document, plan, counts) : [],
    audience: audienceOf(asked, counts),
    start: asked.start === undefined ? context.clock.now() : Date.parse(asked.start),
  });
  if (issues)
    throw new Refusal(422, 'wrong-rates', 'The rates do not fit the journey; see issues.', {
      issues: issues.map((issue) => ({ ...issue, path: `/rates${issue.path}` })),
    });
  if (refused !== undefined) throw new Refusal(422, 'impossible-forecast', refused);
  return { ...forecast, of };
};

type Asked = ReturnType<typeof forecastRequestSchema.parse>;

/** The one that was sent, a version, or the draft; what is not published yet is checked as an upload is. */
const documentOf = async (
  services: Services,
  id: string,
  { document, version }: Asked,
): Promise<{ text: string; of: JourneyForecast['of'] }> => {
  if (document !== undefined) {
    const text = typeof document === 'string' ? document : JSON.stringify(document);
    await checkDraft(services, text);
    return { text, of: 'document' };
  }
  const { version: newest } = await findJourney(services.store, id);
  const draft = version === undefined ? await readDraft(services.store, id) : undefined;
  if (draft) {
    await checkDraft(services, draft.document);
    return { text: draft.document, of: 'draft' };
  }
  // It was checked before it was published; today's rules are for today's drafts.
  const of = version ?? newest ?? 0;
  const found = await readVersion(services.store, id, of);
  if (found) return { text: found.document, of };
  const there = newest === undefined ? 'it was not published yet' : `its newest is ${newest}`;
  throw new Refusal(404, 'unknown-version', `The journey "${id}" has no version ${of}; ${there}.`);
};

const audienceOf = ({ audience, measured }: Asked, { late: { entered, days } }: Counts) => {
  if (audience !== undefined) return { people: audience, source: 'given' as const };
  const typical = { people: usualAudience, source: 'typical' as const };
  if (!measured || entered === 0) return typical;
  if (entered < enough) return { ...typical, few: entered };
  const spread = 1.96 * Math.sqrt(entered);
  return {
    ...{ people: entered, source: 'measured' as const },
    measured: {
      ...{ by: 'journey' as const, of: days },
      ...{ low: Math.max(0, Math.round(entered - spread)), high: Math.round(entered + spread) },
    },
  };
};
