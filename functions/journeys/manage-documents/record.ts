import { defineFunction, type Trigger } from '#aws/function-record';
import type { Role } from '#model/role';

/** Who may change them: runs keep the templates they were published with, but forms and segments work at once. */
const writers: Record<string, Role> = {
  ...{ templates: 'author', layouts: 'author', partials: 'author' },
  ...{ forms: 'publisher', segments: 'publisher' },
};
const methods = ['PUT', 'GET', 'DELETE'] as const;

const routesOf = ([kind, writer]: [string, Role]): Trigger[] =>
  methods.map((method) => ({
    ...{ kind: 'http', method, path: `/v1/${kind}/{id}` },
    access: method === 'GET' ? 'viewer' : writer,
  }));

export const record = defineFunction({
  name: 'manage-documents',
  room: 'journeys',
  description:
    'Keeps the templates, forms and segments that journeys name, and the layouts and partials of templates',
  triggers: [
    ...Object.entries(writers).flatMap(routesOf),
    { kind: 'http', method: 'GET', path: '/v1/templates', access: 'viewer' },
    { kind: 'http', method: 'GET', path: '/v1/forms', access: 'viewer' },
  ],
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
