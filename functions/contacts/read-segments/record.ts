import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'read-segments',
  room: 'contacts',
  description:
    'Lists segments with how many are in them, and their members page by page; estimates how many a definition would select',
  triggers: [
    { kind: 'http', method: 'GET', path: '/v1/segments', access: 'viewer' },
    { kind: 'http', method: 'GET', path: '/v1/segments/{id}/count', access: 'viewer' },
    { kind: 'http', method: 'POST', path: '/v1/segments/estimate', access: 'author', kept: false },
    { kind: 'http', method: 'GET', path: '/v1/segments/{id}/members', access: 'author', kept: true },
  ],
  grants: [
    { on: 'main', actions: ['dynamodb:BatchGetItem', 'dynamodb:Query'] },
    { on: 'catalogue', actions: ['dynamodb:GetItem', 'dynamodb:Query'] },
  ],
  timeoutSeconds: 10,
  memoryMegabytes: 1024,
});
