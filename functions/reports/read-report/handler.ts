import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import type { HttpAnswer } from '#http/answer';
import { httpHandler } from '#http/handler';
import { type HttpRequest, parameter } from '#http/request';
import type { Definitions } from '#model/report-settings';
import { catalogueOf } from '#store/catalogue/catalogue';
import { openStore, type Store } from '#store/store';
import { journeyPlots, kpiPlots, overviewPlots } from '../figures/plots.ts';
import { definitionsIn, isRanged, type Range, rangeIn } from '../figures/range.ts';
import { show } from '../figures/show.ts';
import { journeyTables } from '../tables/of-journey.ts';
import { kpiTables } from '../tables/of-kpis.ts';
import { overviewTables } from '../tables/of-overview.ts';
import { allJourneysTables, segmentTables, sourceTables, templateTables } from '../tables/of-subjects.ts';
import { createJourneys, kpisOf, overviewOf, segmentsOf, sourcesOf, templatesOf } from './figures-of.ts';
import { createJourneyReport, type JourneyReport } from './journey-report.ts';

interface Asked {
  store: Store;
  request: HttpRequest;
  definitions: Definitions;
  range: Range;
}
type Answer = (asked: Asked) => Promise<HttpAnswer>;

/** Days, where they are asked for; else of all time. */
const daysIn = ({ request, range }: Asked): Range | undefined => (isRanged(request) ? range : undefined);

const answers: Readonly<Record<string, Answer>> = {
  'GET /v1/reports/overview': async ({ store, request, definitions, range }) => {
    const answer = await overviewOf(store, range, definitions);
    return show(request, { name: 'overview', answer, tables: overviewTables, plots: overviewPlots });
  },
  'GET /v1/reports/kpis': async ({ store, request, definitions, range }) => {
    const answer = await kpisOf(store, range, definitions);
    return show(request, { name: 'figures', answer, tables: kpiTables, plots: kpiPlots });
  },
  'GET /v1/reports/templates': async ({ store, request, range }) =>
    show(request, { name: 'templates', answer: await templatesOf(store, range), tables: templateTables }),
  'GET /v1/reports/segments': async ({ store, request, range }) =>
    show(request, { name: 'segments', answer: await segmentsOf(store, range), tables: segmentTables }),
  'GET /v1/reports/sources': async ({ store, request, range }) =>
    show(request, { name: 'sources', answer: await sourcesOf(store, range), tables: sourceTables }),
};

const readJourney =
  (reportOf: JourneyReport): Answer =>
  async (asked) => {
    const { request, definitions } = asked;
    const name = parameter(request, 'id');
    const answer = await reportOf(name, { definitions, range: daysIn(asked) });
    return show(request, { name, answer, tables: journeyTables, plots: journeyPlots });
  };

const readJourneys =
  (journeysOf: ReturnType<typeof createJourneys>): Answer =>
  async (asked) =>
    show(asked.request, {
      ...{ name: 'journeys', answer: await journeysOf(daysIn(asked)), tables: allJourneysTables },
    });

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  const routes = {
    ...answers,
    'GET /v1/journeys/{id}/report': readJourney(createJourneyReport(store)),
    'GET /v1/reports/journeys': readJourneys(createJourneys(store)),
  };
  const ask = (answer: Answer) => async (request: HttpRequest) => {
    await catalogueOf(store).renew();
    const definitions = await definitionsIn(store);
    return answer({ store, request, definitions, range: rangeIn(request, store, definitions) });
  };
  return httpHandler(
    context,
    { store },
    Object.fromEntries(Object.entries(routes).map(([route, answer]) => [route, ask(answer)])),
  );
};
