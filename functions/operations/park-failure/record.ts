import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'park-failure',
  room: 'operations',
  description: 'Puts aside what functions failed at for good, where a person can look at it and try again',
  triggers: [{ kind: 'failures' }],
  grants: [{ on: 'main', actions: ['dynamodb:GetItem', 'dynamodb:PutItem'] }],
  timeoutSeconds: 30,
  memoryMegabytes: 256,
});
