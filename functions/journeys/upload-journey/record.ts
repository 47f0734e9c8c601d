import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'upload-journey',
  room: 'journeys',
  description: 'Checks a journey and keeps it as the draft; what is live goes on',
  triggers: [
    { kind: 'http', method: 'PUT', path: '/v1/journeys/{id}', access: 'author' },
    { kind: 'http', method: 'POST', path: '/v1/journeys/check', access: 'author', kept: false },
  ],
  grants: [
    {
      on: 'catalogue',
      actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    },
  ],
  timeoutSeconds: 30,
  memoryMegabytes: 1024,
});
