import { forecastPlots, forecastTables } from '#functions/reports/forecast-journey/tables';
import { type Operation, operation } from './operation.ts';

const journey = { text: 'The journey', schema: 'Journey' } as const;
const change = (verb: string, summary: string): Operation => ({
  method: 'POST',
  path: `/v1/journeys/{id}/${verb}`,
  summary,
  access: 'publisher',
  answers: { 200: journey },
});

export const journeyOperations: readonly Operation[] = [
  operation('GET /v1/journeys', 'viewer', 'All journeys', { 200: { text: 'Journeys', schema: 'Journeys' } }),
  operation(
    'POST /v1/journeys/check',
    'author',
    'All issues of a document',
    { 200: { text: 'Issues', schema: 'Checked' } },
    { body: { schema: 'JourneyDocument' } },
  ),
  operation(
    'POST /v1/journeys/simulate',
    'author',
    'What a document would do with a contact; nothing is sent',
    { 200: { text: 'The walk, on a virtual clock', schema: 'Simulation' } },
    { body: { schema: 'SimulationRequest' } },
  ),
  operation('GET /v1/journeys/{id}', 'viewer', 'One journey and its draft', { 200: journey }),
  operation(
    'PUT /v1/journeys/{id}',
    'author',
    'Upload a draft; If-Match guards against lost edits',
    { 200: journey },
    { guarded: true, body: { schema: 'JourneyDocument' } },
  ),
  {
    ...change('publish', 'Freeze the draft as the next version and let new runs start on it'),
    guarded: true,
  },
  change('pause', 'Hold all runs'),
  change('resume', 'Let runs go on'),
  change('archive', 'Let nobody in any more'),
  operation('GET /v1/journeys/{id}/versions/{n}', 'viewer', 'A version', {
    200: { text: 'The version', schema: 'JourneyVersion' },
  }),
  operation('GET /v1/journeys/{id}/versions/{n}/asl', 'viewer', 'The state machine of a version', {
    200: { text: 'Amazon States Language', schema: 'StateMachine' },
  }),
  operation('GET /v1/journeys/{id}/versions/{n}/picture.svg', 'viewer', 'The tree of a version', {
    200: { text: 'A picture', media: 'image/svg+xml' },
  }),
  operation(
    'POST /v1/journeys/{id}/forecast',
    'viewer',
    'What a journey will do to an audience, with 90 % prediction intervals: of the draft, of a version, or of a document that is not saved yet. Rates are those given, else as they were measured, else typical; each is told with its source. `format` csv gives a table, svg a plot',
    { 200: { text: 'The forecast', schema: 'JourneyForecast' } },
    {
      ...{ body: { schema: 'ForecastRequest' }, query: ['format', 'table', 'plot'] },
      choices: {
        format: ['json', 'csv', 'svg'],
        ...{ table: Object.keys(forecastTables), plot: Object.keys(forecastPlots) },
      },
    },
  ),
  operation(
    'POST /v1/journeys/{id}/enroll',
    'publisher',
    'Let a contact in by hand, or in time all members of a segment',
    { 202: { text: 'Stored', schema: 'Entered' } },
    { body: { schema: 'Enrolment' } },
  ),
  operation(
    'GET /v1/tasks',
    'author',
    'What waits for colleagues, page by page, what is due first before the rest',
    { 200: { text: 'One page', schema: 'Tasks' } },
    { query: ['cursor', 'limit'] },
  ),
  operation(
    'POST /v1/tasks/{id}/outcome',
    'author',
    "A colleague's answer",
    { 202: { text: 'Stored', schema: 'TaskAnswered' } },
    { body: { schema: 'TaskOutcome' } },
  ),
];
