import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'fold-counts',
  room: 'reports',
  description: 'Folds what happened to contacts, runs, steps, messages and segments into counters',
  triggers: [
    {
      kind: 'stream',
      sortKeys: ['R#', 'T#', 'M#', 'N#', 'G#', 'E#', 'A#', 'PROFILE'],
      events: ['INSERT', 'MODIFY', 'REMOVE'],
      batchSize: 1000,
      windowSeconds: 5,
    },
  ],
  grants: [
    {
      on: 'main',
      actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    },
    { on: 'catalogue', actions: ['dynamodb:GetItem'] },
    { on: 'event-bus', actions: ['events:PutEvents'] },
  ],
  timeoutSeconds: 60,
  memoryMegabytes: 512,
});
