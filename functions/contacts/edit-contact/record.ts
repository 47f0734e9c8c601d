import { defineFunction } from '#aws/function-record';
import { changingGrants } from '../grants.ts';

export const record = defineFunction({
  name: 'edit-contact',
  room: 'contacts',
  description: 'Changes a contact by the API and tells the journeys what changed',
  triggers: [{ kind: 'http', method: 'PATCH', path: '/v1/contacts/{id}', access: 'publisher' }],
  grants: changingGrants,
  timeoutSeconds: 10,
  memoryMegabytes: 512,
});
