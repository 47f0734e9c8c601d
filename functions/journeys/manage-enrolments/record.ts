import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'manage-enrolments',
  room: 'journeys',
  description: 'Shows how far enrolments of whole segments are, and stops them',
  triggers: [
    { kind: 'http', method: 'GET', path: '/v1/enrolments', access: 'viewer' },
    { kind: 'http', method: 'GET', path: '/v1/enrolments/{id}', access: 'viewer' },
    { kind: 'http', method: 'POST', path: '/v1/enrolments/{id}/stop', access: 'publisher' },
  ],
  grants: [{ on: 'catalogue', actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'] }],
  timeoutSeconds: 10,
  memoryMegabytes: 256,
});
