import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'read-journey',
  room: 'journeys',
  description: 'Shows journeys, their versions, machines and pictures',
  triggers: [
    { kind: 'http', method: 'GET', path: '/v1/journeys', access: 'viewer' },
    { kind: 'http', method: 'GET', path: '/v1/journeys/{id}', access: 'viewer' },
    { kind: 'http', method: 'GET', path: '/v1/journeys/{id}/versions/{n}', access: 'viewer' },
    { kind: 'http', method: 'GET', path: '/v1/journeys/{id}/versions/{n}/asl', access: 'viewer' },
    { kind: 'http', method: 'GET', path: '/v1/journeys/{id}/versions/{n}/picture.svg', access: 'viewer' },
  ],
  grants: [{ on: 'catalogue', actions: ['dynamodb:GetItem', 'dynamodb:Query'] }],
  timeoutSeconds: 10,
  memoryMegabytes: 512,
});
