import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'fold-counts',
  room: 'reports',
  description: 'Folds what happened to runs, steps and messages into the counters of reports',
  triggers: [
    {
      kind: 'stream',
      sortKeys: ['R#', 'T#', 'M#', 'N#'],
      events: ['INSERT', 'MODIFY'],
      batchSize: 100,
      windowSeconds: 5,
    },
  ],
  grants: [{ on: 'main', actions: ['dynamodb:Query', 'dynamodb:UpdateItem'] }],
  timeoutSeconds: 60,
  memoryMegabytes: 512,
});
