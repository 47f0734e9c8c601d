import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'simulate-journey',
  room: 'journeys',
  description: 'Walks a document with a contact on a virtual clock; nothing is sent',
  triggers: [{ kind: 'http', method: 'POST', path: '/v1/journeys/simulate', access: 'author', kept: false }],
  grants: [{ on: 'catalogue', actions: ['dynamodb:GetItem', 'dynamodb:Query'] }],
  timeoutSeconds: 29,
  // One whole processor: it computes from the first to the last moment.
  memoryMegabytes: 1792,
  holds: 'simulator',
});
