import type { Operation } from './operation.ts';

const templateOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/v1/templates',
    summary: 'All templates',
    access: 'viewer',
    answers: { 200: { text: 'The templates', schema: 'Templates' } },
  },
  {
    method: 'GET',
    path: '/v1/forms',
    summary: 'All forms',
    access: 'viewer',
    answers: { 200: { text: 'The forms', schema: 'Forms' } },
  },
  {
    method: 'GET',
    path: '/v1/messages/{id}',
    summary: 'A message as it was sent, made again of its frozen template and of the contact as it is now',
    access: 'author',
    answers: { 200: { text: 'The message', schema: 'SentMessage' } },
  },
  {
    method: 'POST',
    path: '/v1/templates/{id}/preview',
    summary: 'A template as a contact would get it; nothing is sent',
    access: 'author',
    body: { schema: 'PreviewRequest' },
    answers: { 200: { text: 'The message, or why there would be none', schema: 'Preview' } },
  },
  {
    method: 'POST',
    path: '/v1/templates/{id}/test',
    summary: 'Send a template to a colleague whom client.json names, marked as a test',
    access: 'author',
    body: { schema: 'TestRequest' },
    answers: { 200: { text: 'SES took it', schema: 'TestSent' } },
  },
];

export const documentOperations: readonly Operation[] = [
  ...templateOperations,
  ...(
    [
      ['templates', 'Template', 'author'],
      ['layouts', 'Layout', 'author'],
      ['partials', 'Partial', 'author'],
      ['forms', 'Form', 'publisher'],
      ['segments', 'Segment', 'publisher'],
    ] as const
  ).flatMap(([name, schema, access]): Operation[] => {
    const path = `/v1/${name}/{id}`;
    const answers = { 200: { text: 'The document', schema } } as const;
    return [
      { method: 'GET', path, guarded: true, summary: `A ${schema.toLowerCase()}`, access: 'viewer', answers },
      {
        method: 'PUT',
        path,
        guarded: true,
        summary: `Upload a ${schema.toLowerCase()}`,
        access,
        body: { schema },
        answers: {
          200: { text: 'Kept, instead of the one before', schema: 'DocumentKept' },
          201: { text: 'Kept, for the first time', schema: 'DocumentKept' },
        },
      },
      {
        method: 'DELETE',
        path,
        guarded: true,
        summary: `Take a ${schema.toLowerCase()} away`,
        access,
        answers: { 204: { text: 'Gone' } },
      },
    ];
  }),
];
