import { defineFunction } from '#aws/function-record';
import { erasingGrants } from '../hearing/grants.ts';

export const record = defineFunction({
  name: 'erase-contact',
  room: 'journeys',
  description: 'Ends the runs of a contact and removes everything that is known of it',
  triggers: [{ kind: 'http', method: 'DELETE', path: '/v1/contacts/{id}', access: 'publisher' }],
  grants: erasingGrants,
  timeoutSeconds: 29,
  memoryMegabytes: 512,
});
