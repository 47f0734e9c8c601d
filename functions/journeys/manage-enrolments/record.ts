import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'manage-enrolments',
  room: 'journeys',
  description: 'Shows how far enrolments of whole segments are, and stops them',
  triggers: [
    { kind: 'http', method: 'GET', path: '/v1/enrolments', access: 'admin' },
    { kind: 'http', method: 'GET', path: '/v1/enrolments/{id}', access: 'admin' },
    { kind: 'http', method: 'POST', path: '/v1/enrolments/{id}/stop', access: 'admin' },
  ],
  grants: [{ on: 'catalogue', actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'] }],
  timeoutSeconds: 10,
  memoryMegabytes: 256,
});
