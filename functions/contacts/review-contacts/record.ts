import { defineFunction } from '#aws/function-record';
import { changingGrants } from '../grants.ts';

export const record = defineFunction({
  name: 'review-contacts',
  room: 'contacts',
  description: 'Looks at contacts whose segments or dates time alone may have changed, found by the agenda',
  triggers: [{ kind: 'schedule', everyMinutes: 1 }],
  grants: changingGrants,
  timeoutSeconds: 120,
  memoryMegabytes: 512,
});
