import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'fold-counts',
  room: 'reports',
  description: 'Folds what happened to runs, steps and messages, and who came into segments, into counters',
  triggers: [
    {
      kind: 'stream',
      sortKeys: ['R#', 'T#', 'M#', 'N#', 'G#'],
      events: ['INSERT', 'MODIFY', 'REMOVE'],
      batchSize: 500,
      windowSeconds: 5,
    },
  ],
  grants: [{ on: 'main', actions: ['dynamodb:Query', 'dynamodb:UpdateItem'] }],
  timeoutSeconds: 60,
  memoryMegabytes: 512,
});
