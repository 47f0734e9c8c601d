import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'read-report',
  room: 'reports',
  description: 'Shows what became of the runs of a journey, step by step',
  triggers: [{ kind: 'http', method: 'GET', path: '/v1/journeys/{id}/report', access: 'viewer' }],
  grants: [
    { on: 'main', actions: ['dynamodb:Query'] },
    { on: 'catalogue', actions: ['dynamodb:GetItem'] },
  ],
  timeoutSeconds: 10,
  memoryMegabytes: 512,
});
