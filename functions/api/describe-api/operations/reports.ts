import { journeyPlots, kpiPlots, overviewPlots } from '#functions/reports/figures/plots';
import { journeyTables } from '#functions/reports/tables/of-journey';
import { kpiTables } from '#functions/reports/tables/of-kpis';
import { overviewTables } from '#functions/reports/tables/of-overview';
import {
  allJourneysTables,
  segmentTables,
  sourceTables,
  templateTables,
} from '#functions/reports/tables/of-subjects';
import { type Operation, operation } from './operation.ts';

/** What a report takes: days, and which of its tables and plots is wanted. */
const takes = (tables: object, plots: object = {}): Pick<Operation, 'query' | 'choices'> => {
  const [table, plot] = [Object.keys(tables), Object.keys(plots)];
  const hasPlot = plot.length > 0;
  return {
    query: ['from', 'to', 'format', 'table', ...(hasPlot ? ['plot'] : [])],
    choices: {
      format: ['json', 'csv', ...(hasPlot ? ['svg'] : [])],
      table,
      ...(hasPlot && { plot }),
    },
  };
};

const figures = (
  path: string,
  summary: string,
  schema: NonNullable<Operation['answers'][number]['schema']>,
  asked: ReturnType<typeof takes>,
): Operation =>
  operation(
    `GET /v1/reports/${path}`,
    'viewer',
    `${summary}. \`format\` csv gives a table${asked.choices?.plot ? ', svg a plot' : ''}; \`from\` and \`to\` are days, the last 30 when left out`,
    { 200: { text: 'The figures', schema } },
    asked,
  );

export const reportOperations: readonly Operation[] = [
  operation(
    'GET /v1/journeys/{id}/report',
    'viewer',
    'What became of the runs, step by step, of all time or of runs that began from `from` to `to` (days), with what is evidence and what is not; `format` csv gives a table, svg a plot',
    { 200: { text: 'The report', schema: 'Report' } },
    { ...takes(journeyTables, journeyPlots), refuses: [409] },
  ),
  figures(
    'overview',
    'Leads, runs, messages, conversions and health, by day',
    'Overview',
    takes(overviewTables, overviewPlots),
  ),
  figures(
    'kpis',
    'Key figures with their definitions, and who was there again',
    'Kpis',
    takes(kpiTables, kpiPlots),
  ),
  operation(
    'GET /v1/reports/journeys',
    'viewer',
    'Every journey that was published with its runs and its goal rate, of all time or of runs that began from `from` to `to` (days); `format` csv gives the table',
    { 200: { text: 'The figures', schema: 'JourneyFigures' } },
    takes(allJourneysTables),
  ),
  figures(
    'templates',
    'What became of the messages of each template',
    'TemplateFigures',
    takes(templateTables),
  ),
  figures('segments', 'Runs and conversions of each segment', 'SegmentFigures', takes(segmentTables)),
  figures(
    'sources',
    'Leads, conversions and costs by where contacts came from',
    'SourceFigures',
    takes(sourceTables),
  ),
  operation('GET /v1/reports/costs', 'viewer', 'What was spent, by month and source', {
    200: { text: 'The costs', schema: 'Costs' },
  }),
  operation(
    'PUT /v1/reports/costs',
    'author',
    'All costs, in place of those before',
    { 200: { text: 'The costs', schema: 'Costs' } },
    { body: { schema: 'Costs' } },
  ),
  operation('GET /v1/reports/mail', 'viewer', 'Who gets the weekly figures, and when', {
    200: { text: 'The mail', schema: 'ReportMail' },
  }),
  operation(
    'PUT /v1/reports/mail',
    'publisher',
    'Who gets the weekly figures beside those whom client.json names',
    { 200: { text: 'The mail', schema: 'ReportMail' } },
    { body: { schema: 'ReportMailRecipients' } },
  ),
  operation('GET /v1/reports/rebuild', 'viewer', 'Whether figures are counted anew, and how far that is', {
    200: { text: 'Where it stands', schema: 'Rebuild' },
  }),
  operation(
    'POST /v1/reports/rebuild',
    'admin',
    'Count all figures anew from what is stored; those of before are shown until it is done',
    { 202: { text: 'Where it stands', schema: 'Rebuild' } },
  ),
];
