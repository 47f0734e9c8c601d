import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'forecast-journey',
  room: 'reports',
  description:
    'Foretells what a journey will do to an audience, from rates that were measured, given or typical',
  triggers: [
    { kind: 'http', method: 'POST', path: '/v1/journeys/{id}/forecast', access: 'viewer', kept: false },
  ],
  grants: [
    { on: 'main', actions: ['dynamodb:Query'] },
    { on: 'catalogue', actions: ['dynamodb:GetItem', 'dynamodb:Query'] },
  ],
  timeoutSeconds: 29,
  // One whole processor: it computes from the first to the last moment.
  memoryMegabytes: 1792,
  holds: 'simulator',
});
