import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'read-audit',
  room: 'api',
  description: 'Shows who did what and when, page by page',
  triggers: [{ kind: 'http', method: 'GET', path: '/v1/audit', access: 'admin' }],
  grants: [
    { on: 'catalogue', actions: ['dynamodb:GetItem'] },
    { on: 'audit', actions: ['dynamodb:Query'] },
  ],
  timeoutSeconds: 10,
  memoryMegabytes: 256,
});
