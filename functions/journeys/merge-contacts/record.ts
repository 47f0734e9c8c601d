import { defineFunction } from '#aws/function-record';
import { changingGrants } from '#functions/contacts/grants';

export const record = defineFunction({
  name: 'merge-contacts',
  room: 'journeys',
  description: 'Makes one contact of two that a person knows to be one',
  triggers: [{ kind: 'http', method: 'POST', path: '/v1/contacts/{id}/merge', access: 'publisher' }],
  grants: [...changingGrants, { on: 'executions', actions: ['states:SendTaskFailure'] }],
  timeoutSeconds: 29,
  memoryMegabytes: 512,
});
