import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'manage-tokens',
  room: 'api',
  description: 'Makes, lists, rotates and revokes the tokens of the API, and tells whose one it is',
  triggers: [
    { kind: 'http', method: 'GET', path: '/v1/me', access: 'viewer' },
    { kind: 'http', method: 'GET', path: '/v1/tokens', access: 'admin' },
    { kind: 'http', method: 'POST', path: '/v1/tokens', access: 'admin' },
    { kind: 'http', method: 'POST', path: '/v1/tokens/{id}/rotate', access: 'admin' },
    { kind: 'http', method: 'DELETE', path: '/v1/tokens/{id}', access: 'admin' },
  ],
  grants: [
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
    { on: 'audit', actions: ['dynamodb:Query'] },
  ],
  timeoutSeconds: 10,
  memoryMegabytes: 256,
});
