import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'read-journey',
  room: 'journeys',
  description: 'Shows journeys, their versions, machines and pictures',
  triggers: [
    { kind: 'http', method: 'GET', path: '/v1/journeys', access: 'admin' },
    { kind: 'http', method: 'GET', path: '/v1/journeys/{id}', access: 'admin' },
    { kind: 'http', method: 'GET', path: '/v1/journeys/{id}/versions/{n}', access: 'admin' },
    { kind: 'http', method: 'GET', path: '/v1/journeys/{id}/versions/{n}/asl', access: 'admin' },
    { kind: 'http', method: 'GET', path: '/v1/journeys/{id}/versions/{n}/picture.svg', access: 'admin' },
  ],
  grants: [{ on: 'catalogue', actions: ['dynamodb:GetItem', 'dynamodb:Query'] }],
  timeoutSeconds: 10,
  memoryMegabytes: 512,
});
