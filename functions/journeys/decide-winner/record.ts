import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'decide-winner',
  room: 'journeys',
  description:
    'Looks at the arms of running tests at planned moments, and stores the one that is proven better',
  triggers: [{ kind: 'schedule', everyMinutes: 60 }],
  grants: [
    { on: 'main', actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'] },
    { on: 'catalogue', actions: ['dynamodb:GetItem', 'dynamodb:Query'] },
  ],
  timeoutSeconds: 120,
  memoryMegabytes: 512,
});
