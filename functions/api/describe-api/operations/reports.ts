import { type Operation, operation } from './operation.ts';

const range = ['from', 'to'] as const;
const formats = ['format', 'table'] as const;
const figures = (
  path: string,
  summary: string,
  schema: NonNullable<Operation['answers'][number]['schema']>,
  hasPlot = false,
): Operation => ({
  method: 'GET',
  path: `/v1/reports/${path}`,
  summary: `${summary}. \`format\` csv gives a table (\`table\`)${hasPlot ? ', svg a plot' : ''}; \`from\` and \`to\` are days, the last 30 when left out`,
  access: 'viewer',
  query: [...range, ...formats, ...(hasPlot ? ['plot'] : [])],
  answers: { 200: { text: 'The figures', schema } },
});

export const reportOperations: readonly Operation[] = [
  figures('overview', 'Leads, runs, messages, conversions and health, by day', 'Overview', true),
  figures('kpis', 'Key figures with their definitions, and who was there again', 'Kpis', true),
  operation(
    'GET /v1/reports/journeys',
    'viewer',
    'Every journey that was published with its runs and its goal rate, of all time or of runs that began from `from` to `to` (days); `format` csv gives the table',
    { 200: { text: 'The figures', schema: 'JourneyFigures' } },
    { query: [...range, ...formats] },
  ),
  figures('templates', 'What became of the messages of each template', 'TemplateFigures'),
  figures('segments', 'Runs and conversions of each segment', 'SegmentFigures'),
  figures('sources', 'Leads, conversions and costs by where contacts came from', 'SourceFigures'),
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
