import { type Operation, operation } from './operation.ts';

const templateOperations: readonly Operation[] = [
  operation('GET /v1/templates', 'viewer', 'All templates', {
    200: { text: 'The templates', schema: 'Templates' },
  }),
  operation('GET /v1/forms', 'viewer', 'All forms', { 200: { text: 'The forms', schema: 'Forms' } }),
  operation(
    'GET /v1/messages/{id}',
    'author',
    'A message as it was sent, made again of its frozen template and of the contact as it is now',
    { 200: { text: 'The message', schema: 'SentMessage' } },
  ),
  operation(
    'POST /v1/templates/{id}/preview',
    'author',
    'A template as a contact would get it; nothing is sent',
    { 200: { text: 'The message, or why there would be none', schema: 'Preview' } },
    { body: { schema: 'PreviewRequest' } },
  ),
  operation(
    'POST /v1/templates/{id}/test',
    'author',
    'Send a template to a colleague whom client.json names, marked as a test',
    { 200: { text: 'SES took it', schema: 'TestSent' } },
    { body: { schema: 'TestRequest' } },
  ),
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
