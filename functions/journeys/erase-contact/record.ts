import { defineFunction } from '#aws/function-record';
import { endingGrants, forgettingGrants } from '../hearing/grants.ts';

export const record = defineFunction({
  name: 'erase-contact',
  room: 'journeys',
  description: 'Ends the runs of a contact and removes everything that is known of it',
  triggers: [{ kind: 'http', method: 'DELETE', path: '/v1/contacts/{id}', access: 'publisher' }],
  grants: [...endingGrants, ...forgettingGrants],
  timeoutSeconds: 29,
  memoryMegabytes: 512,
});
