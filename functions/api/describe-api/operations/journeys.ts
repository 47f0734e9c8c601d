import type { Operation } from './operation.ts';

const journey = { text: 'The journey', schema: 'Journey' } as const;
const change = (verb: string, summary: string): Operation => ({
  method: 'POST',
  path: `/v1/journeys/{id}/${verb}`,
  summary,
  access: 'publisher',
  answers: { 200: journey },
});

export const journeyOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/v1/journeys',
    summary: 'All journeys',
    access: 'viewer',
    answers: { 200: { text: 'Journeys', schema: 'Journeys' } },
  },
  {
    method: 'POST',
    path: '/v1/journeys/check',
    summary: 'All issues of a document',
    access: 'author',
    body: { schema: 'JourneyDocument' },
    answers: { 200: { text: 'Issues', schema: 'Checked' } },
  },
  {
    method: 'POST',
    path: '/v1/journeys/simulate',
    summary: 'What a document would do with a contact; nothing is sent',
    access: 'author',
    body: { schema: 'SimulationRequest' },
    answers: { 200: { text: 'The walk, on a virtual clock', schema: 'Simulation' } },
  },
  {
    method: 'GET',
    path: '/v1/journeys/{id}',
    summary: 'One journey and its draft',
    access: 'viewer',
    answers: { 200: journey },
  },
  {
    method: 'PUT',
    path: '/v1/journeys/{id}',
    summary: 'Upload a draft; If-Match guards against lost edits',
    guarded: true,
    access: 'author',
    body: { schema: 'JourneyDocument' },
    answers: { 200: journey },
  },
  {
    ...change('publish', 'Freeze the draft as the next version and let new runs start on it'),
    guarded: true,
  },
  change('pause', 'Hold all runs'),
  change('resume', 'Let runs go on'),
  change('archive', 'Let nobody in any more'),
  {
    method: 'GET',
    path: '/v1/journeys/{id}/versions/{n}',
    summary: 'A version',
    access: 'viewer',
    answers: { 200: { text: 'The version', schema: 'Anything' } },
  },
  {
    method: 'GET',
    path: '/v1/journeys/{id}/versions/{n}/asl',
    summary: 'The state machine of a version',
    access: 'viewer',
    answers: { 200: { text: 'Amazon States Language', schema: 'Anything' } },
  },
  {
    method: 'GET',
    path: '/v1/journeys/{id}/versions/{n}/picture.svg',
    summary: 'The tree of a version',
    access: 'viewer',
    answers: { 200: { text: 'A picture', media: 'image/svg+xml' } },
  },
  {
    method: 'GET',
    path: '/v1/journeys/{id}/report',
    summary:
      'What became of the runs, step by step, of all time or of runs that began from `from` to `to` (days); `format` csv (`table`: steps, answers, leaves, links, skipped, suggestions) or svg (`plot`: funnel, branches)',
    access: 'viewer',
    query: ['from', 'to', 'format', 'table', 'plot'],
    answers: { 200: { text: 'The report', schema: 'Report' } },
  },
  {
    method: 'POST',
    path: '/v1/journeys/{id}/enroll',
    summary: 'Let a contact in by hand, or in time all members of a segment',
    access: 'publisher',
    body: { schema: 'Enrolment' },
    answers: { 202: { text: 'Stored', schema: 'Anything' } },
  },
  {
    method: 'GET',
    path: '/v1/tasks',
    summary: 'What waits for colleagues, page by page, what is due first before the rest',
    access: 'author',
    query: ['cursor', 'limit'],
    answers: { 200: { text: 'One page', schema: 'Tasks' } },
  },
  {
    method: 'POST',
    path: '/v1/tasks/{id}/outcome',
    summary: "A colleague's answer",
    access: 'author',
    body: { schema: 'TaskOutcome' },
    answers: { 202: { text: 'Stored', schema: 'Anything' } },
  },
];
