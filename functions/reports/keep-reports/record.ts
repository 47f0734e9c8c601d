import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'keep-reports',
  room: 'reports',
  description: 'Keeps costs and the recipients of the weekly figures, and begins a new counting',
  triggers: [
    { kind: 'http', method: 'GET', path: '/v1/reports/costs', access: 'viewer' },
    { kind: 'http', method: 'PUT', path: '/v1/reports/costs', access: 'author' },
    { kind: 'http', method: 'GET', path: '/v1/reports/mail', access: 'viewer' },
    { kind: 'http', method: 'PUT', path: '/v1/reports/mail', access: 'publisher' },
    { kind: 'http', method: 'GET', path: '/v1/reports/rebuild', access: 'viewer' },
    { kind: 'http', method: 'POST', path: '/v1/reports/rebuild', access: 'admin' },
  ],
  grants: [
    { on: 'main', actions: ['dynamodb:Query', 'dynamodb:PutItem'] },
    { on: 'catalogue', actions: ['dynamodb:GetItem', 'dynamodb:PutItem'] },
  ],
  timeoutSeconds: 20,
  memoryMegabytes: 512,
});
