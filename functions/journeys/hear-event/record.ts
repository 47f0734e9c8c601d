import { defineFunction } from '#aws/function-record';
import { hearingGrants } from '../hearing/grants.ts';

export const record = defineFunction({
  name: 'hear-event',
  room: 'journeys',
  description: 'Applies each new event to its contact, answers waits, ends runs and starts them',
  triggers: [{ kind: 'stream', sortKeys: ['E#'], events: ['INSERT'], batchSize: 100, windowSeconds: 0 }],
  grants: hearingGrants,
  timeoutSeconds: 60,
  memoryMegabytes: 512,
});
