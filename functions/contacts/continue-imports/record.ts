import { defineFunction } from '#aws/function-record';
import { importingGrants } from '../grants.ts';

export const record = defineFunction({
  name: 'continue-imports',
  room: 'contacts',
  description: 'Goes on with imports of contacts that nobody drives, a slice a minute until they are over',
  triggers: [{ kind: 'schedule', everyMinutes: 1 }],
  grants: importingGrants,
  timeoutSeconds: 120,
  memoryMegabytes: 512,
});
