import type { Operation } from './operation.ts';

export const documentOperations: readonly Operation[] = (
  [
    ['templates', 'Template'],
    ['layouts', 'Layout'],
    ['partials', 'Partial'],
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
