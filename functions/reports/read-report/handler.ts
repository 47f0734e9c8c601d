import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { type HttpAnswer, json } from '#http/answer';
import { httpHandler } from '#http/handler';
import { type HttpRequest, parameter } from '#http/request';
import type { Definitions } from '#model/report-settings';
import { catalogueOf } from '#store/catalogue/catalogue';
import { openStore, type Store } from '#store/store';
import { kpiPlots, overviewPlots, reportPlots } from '../figures/plots.ts';
import { definitionsIn, isRanged, type Range, rangeIn } from '../figures/range.ts';
import { show } from '../figures/table.ts';
import {
  journeyTables,
  kpiTables,
  overviewTables,
  reportTables,
  segmentTables,
  sourceTables,
  templateTables,
} from '../figures/tables.ts';
import {
  createJourneys,
  journeyReport,
  kpisOf,
  overviewOf,
  segmentsOf,
  sourcesOf,
  templatesOf,
} from './figures-of.ts';

interface Asked {
  store: Store;
  request: HttpRequest;
  definitions: Definitions;
  range: Range;
}
type Answer = (asked: Asked) => Promise<HttpAnswer>;

const readJourneyReport: Answer = async ({ store, request, definitions, range }) => {
  const id = parameter(request, 'id');
  const report = await journeyReport(store, id, {
    definitions,
    range: isRanged(request) ? range : undefined,
  });
  return show(request, {
    name: id,
    json: () => json(200, report),
    tables: reportTables(report),
    plots: reportPlots(report),
  });
};

const readOverview: Answer = async ({ store, request, definitions, range }) => {
  const overview = await overviewOf(store, range, definitions);
  return show(request, {
    name: 'overview',
    json: () => json(200, overview),
    tables: overviewTables(overview),
    plots: overviewPlots(overview),
  });
};

const readKpis: Answer = async ({ store, request, definitions, range }) => {
  const kpis = await kpisOf(store, range, definitions);
  return show(request, {
    name: 'figures',
    json: () => json(200, kpis),
    tables: kpiTables(kpis),
    plots: kpiPlots(kpis),
  });
};

const readJourneys =
  (journeysOf: ReturnType<typeof createJourneys>): Answer =>
  async ({ request, range }) => {
    const found = await journeysOf(isRanged(request) ? range : undefined);
    return show(request, {
      ...{ name: 'journeys', json: () => json(200, found), tables: journeyTables(found), plots: {} },
    });
  };

const readTemplates: Answer = async ({ store, request, range }) => {
  const found = await templatesOf(store, range);
  return show(request, {
    ...{ name: 'templates', json: () => json(200, found), tables: templateTables(found), plots: {} },
  });
};

const readSegments: Answer = async ({ store, request, range }) => {
  const found = await segmentsOf(store, range);
  return show(request, {
    ...{ name: 'segments', json: () => json(200, found), tables: segmentTables(found), plots: {} },
  });
};

const readSources: Answer = async ({ store, request, range }) => {
  const found = await sourcesOf(store, range);
  return show(request, {
    ...{ name: 'sources', json: () => json(200, found), tables: sourceTables(found), plots: {} },
  });
};

const answers: Readonly<Record<string, Answer>> = {
  'GET /v1/journeys/{id}/report': readJourneyReport,
  'GET /v1/reports/overview': readOverview,
  'GET /v1/reports/kpis': readKpis,
  'GET /v1/reports/templates': readTemplates,
  'GET /v1/reports/segments': readSegments,
  'GET /v1/reports/sources': readSources,
};

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const store = openStore(context);
  const routes = { ...answers, 'GET /v1/reports/journeys': readJourneys(createJourneys(store)) };
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
