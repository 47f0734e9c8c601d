import { defineFunction, type Trigger } from '#aws/function-record';

const kinds = ['templates', 'layouts', 'partials', 'forms', 'segments'] as const;
const methods = ['PUT', 'GET', 'DELETE'] as const;

export const record = defineFunction({
  name: 'manage-documents',
  room: 'journeys',
  description:
    'Keeps the templates, forms and segments that journeys name, and the layouts and partials of templates',
  triggers: kinds.flatMap((kind) =>
    methods.map((method): Trigger => ({ kind: 'http', method, path: `/v1/${kind}/{id}`, access: 'admin' })),
  ),
  grants: [
    { on: 'main', actions: ['dynamodb:Query'] },
    {
      on: 'catalogue',
      actions: [
        'dynamodb:GetItem',
        'dynamodb:Query',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:DeleteItem',
      ],
    },
  ],
  timeoutSeconds: 29,
  memoryMegabytes: 1024,
});
