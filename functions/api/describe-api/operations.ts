import { importOperations } from './operations/imports.ts';
import { keyOperations } from './operations/keys.ts';
import { rightsOperations } from './operations/rights.ts';
import { segmentOperations } from './operations/segments.ts';
import { websiteOperations } from './operations/website.ts';
import type { SchemaName } from './schemas.ts';

/** One operation of the API, as the description tells it. */
export interface Operation {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  summary: string;
  /** `writeKey`: by Basic auth, `?writeKey=` or in the body. */
  access: 'public' | 'writeKey' | 'admin';
  body?: { schema: SchemaName; media?: readonly string[] };
  query?: readonly string[];
  answers: Readonly<Record<number, { text: string; schema?: SchemaName; media?: string }>>;
}

const formMedia = ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'];
const page = { text: 'A page for people', media: 'text/html' };

const event = (names: readonly string[], schema: SchemaName, summary: string): Operation[] => {
  const stored: Operation['answers'] = { 200: { text: 'Stored', schema: 'EventAccepted' } };
  const inPart: Operation['answers'] = { 202: { text: 'The good ones are stored', schema: 'EventAccepted' } };
  return names.map((name) => ({
    method: 'POST',
    path: `/v1/${name}`,
    summary,
    access: 'writeKey',
    body: { schema },
    answers: schema === 'Batch' ? { ...stored, ...inPart } : stored,
  }));
};

const events: readonly Operation[] = [
  ...event(['track', 't'], 'Track', 'Something that a contact did'),
  ...event(['identify', 'i'], 'Identify', 'What is known of a contact'),
  ...event(['page', 'p'], 'Page', 'A page that a contact saw'),
  ...event(['screen', 's'], 'Screen', 'A screen of an app that a contact saw'),
  ...event(['group', 'g'], 'Group', 'The account that a contact belongs to'),
  ...event(['alias', 'a'], 'Alias', 'Another id of the same contact'),
  ...event(['batch', 'b', 'import'], 'Batch', 'Many events at once; good ones are kept, bad ones listed'),
];

const summaries = {
  u: 'Unsubscribe',
  p: 'Preferences by topic and channel',
  confirm: 'Confirm an address (double opt-in)',
} as const;

const readers: readonly Operation[] = [
  {
    method: 'GET',
    path: '/o/{token}',
    summary: 'Open pixel',
    access: 'public',
    answers: { 200: { text: 'A picture', media: 'image/gif' } },
  },
  {
    method: 'GET',
    path: '/c/{token}',
    summary: 'Link in a message',
    access: 'public',
    answers: { 302: { text: 'To the destination inside the token' } },
  },
  ...(['u', 'p', 'confirm'] as const).flatMap((name): Operation[] => {
    const summary = summaries[name];
    const path = `/${name}/{token}`;
    return [
      {
        method: 'GET',
        path,
        summary: `${summary}: shows, changes nothing`,
        access: 'public',
        answers: { 200: page },
      },
      {
        method: 'POST',
        path,
        summary,
        access: 'public',
        body: { schema: 'Anything', media: ['application/x-www-form-urlencoded'] },
        answers: { 200: page },
      },
    ];
  }),
];

const journey = { text: 'The journey', schema: 'Journey' } as const;
const change = (verb: string, summary: string): Operation => ({
  method: 'POST',
  path: `/v1/journeys/{id}/${verb}`,
  summary,
  access: 'admin',
  answers: { 200: journey },
});

const journeys: readonly Operation[] = [
  {
    method: 'GET',
    path: '/v1/journeys',
    summary: 'All journeys',
    access: 'admin',
    answers: { 200: { text: 'Journeys', schema: 'Journeys' } },
  },
  {
    method: 'POST',
    path: '/v1/journeys/check',
    summary: 'All issues of a document',
    access: 'admin',
    body: { schema: 'JourneyDocument' },
    answers: { 200: { text: 'Issues', schema: 'Checked' } },
  },
  {
    method: 'POST',
    path: '/v1/journeys/simulate',
    summary: 'What a document would do with a contact; nothing is sent',
    access: 'admin',
    body: { schema: 'SimulationRequest' },
    answers: { 200: { text: 'The walk, on a virtual clock', schema: 'Simulation' } },
  },
  {
    method: 'GET',
    path: '/v1/journeys/{id}',
    summary: 'One journey and its draft',
    access: 'admin',
    answers: { 200: journey },
  },
  {
    method: 'PUT',
    path: '/v1/journeys/{id}',
    summary: 'Upload a draft; If-Match guards against lost edits',
    access: 'admin',
    body: { schema: 'JourneyDocument' },
    answers: { 200: journey },
  },
  change('publish', 'Freeze the draft as the next version and let new runs start on it'),
  change('pause', 'Hold all runs'),
  change('resume', 'Let runs go on'),
  change('archive', 'Let nobody in any more'),
  {
    method: 'GET',
    path: '/v1/journeys/{id}/versions/{n}',
    summary: 'A version',
    access: 'admin',
    answers: { 200: { text: 'The version', schema: 'Anything' } },
  },
  {
    method: 'GET',
    path: '/v1/journeys/{id}/versions/{n}/asl',
    summary: 'The state machine of a version',
    access: 'admin',
    answers: { 200: { text: 'Amazon States Language', schema: 'Anything' } },
  },
  {
    method: 'GET',
    path: '/v1/journeys/{id}/versions/{n}/picture.svg',
    summary: 'The tree of a version',
    access: 'admin',
    answers: { 200: { text: 'A picture', media: 'image/svg+xml' } },
  },
  {
    method: 'GET',
    path: '/v1/journeys/{id}/report',
    summary: 'What became of the runs, step by step',
    access: 'admin',
    answers: { 200: { text: 'The report', schema: 'Report' } },
  },
  {
    method: 'POST',
    path: '/v1/journeys/{id}/enroll',
    summary: 'Let a contact in by hand, or in time all members of a segment',
    access: 'admin',
    body: { schema: 'Enrolment' },
    answers: { 202: { text: 'Stored', schema: 'Anything' } },
  },
  {
    method: 'POST',
    path: '/v1/tasks/{id}/outcome',
    summary: "A colleague's answer",
    access: 'admin',
    body: { schema: 'TaskOutcome' },
    answers: { 202: { text: 'Stored', schema: 'Anything' } },
  },
];

const documents: readonly Operation[] = (
  [
    ['templates', 'Template'],
    ['forms', 'Form'],
    ['segments', 'Segment'],
  ] as const
).flatMap(([name, schema]): Operation[] => {
  const path = `/v1/${name}/{id}`;
  const answers = { 200: { text: 'The document', schema } } as const;
  return [
    { method: 'GET', path, summary: `A ${schema.toLowerCase()}`, access: 'admin', answers },
    {
      method: 'PUT',
      path,
      summary: `Upload a ${schema.toLowerCase()}`,
      access: 'admin',
      body: { schema },
      answers,
    },
    {
      method: 'DELETE',
      path,
      summary: `Take a ${schema.toLowerCase()} away`,
      access: 'admin',
      answers: { 204: { text: 'Gone' } },
    },
  ];
});

const secrets: readonly Operation[] = [
  {
    method: 'PUT',
    path: '/v1/secrets/{name}',
    summary: 'Keep the secret of a service that checks posts (Turnstile, hCaptcha); it is never shown again',
    access: 'admin',
    body: { schema: 'Secret' },
    answers: { 204: { text: 'Kept' } },
  },
  {
    method: 'DELETE',
    path: '/v1/secrets/{name}',
    summary: 'Take a secret away',
    access: 'admin',
    answers: { 204: { text: 'Gone' } },
  },
];

const contact = { text: 'The contact', schema: 'Contact' } as const;
const contacts: readonly Operation[] = [
  {
    method: 'GET',
    path: '/v1/contacts',
    summary: 'A contact by an address or user id',
    access: 'admin',
    query: ['email', 'phone', 'userId'],
    answers: { 200: contact },
  },
  {
    method: 'GET',
    path: '/v1/contacts/{id}',
    summary: 'A contact',
    access: 'admin',
    answers: { 200: contact },
  },
  {
    method: 'PATCH',
    path: '/v1/contacts/{id}',
    summary: 'Change a contact; If-Match guards against lost edits',
    access: 'admin',
    body: { schema: 'ContactPatch' },
    answers: { 200: contact },
  },
  {
    method: 'GET',
    path: '/v1/contacts/{id}/consent',
    summary: 'Everything said about what a contact agrees to: channel, topic, words, time, origin',
    access: 'admin',
    answers: { 200: { text: 'The ledger, oldest first', schema: 'ConsentLedger' } },
  },
  {
    method: 'GET',
    path: '/v1/contacts/{id}/timeline',
    summary: 'What happened to a contact, in order',
    access: 'admin',
    query: ['since', 'until', 'limit'],
    answers: { 200: { text: 'The timeline', schema: 'Timeline' } },
  },
];

export const operations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/health',
    summary: 'Is the API up?',
    access: 'public',
    answers: { 200: { text: 'It is', schema: 'Health' } },
  },
  {
    method: 'GET',
    path: '/v1/openapi.json',
    summary: 'This description',
    access: 'public',
    answers: { 200: { text: 'OpenAPI 3.1', schema: 'Anything' } },
  },
  {
    method: 'POST',
    path: '/v1/forms/{form}',
    summary: "Take a form's answers",
    access: 'public',
    body: { schema: 'FormPost', media: formMedia },
    answers: {
      202: { text: 'Stored', schema: 'FormAccepted' },
      303: { text: "A browser's form post: to the form's own thank-you page" },
    },
  },
  ...events,
  ...websiteOperations,
  ...readers,
  ...journeys,
  ...documents,
  ...secrets,
  ...keyOperations,
  ...segmentOperations,
  ...contacts,
  ...rightsOperations,
  ...importOperations,
];
