import { defineFunction } from '#aws/function-record';
import { endingGrants } from '../hearing/grants.ts';

export const record = defineFunction({
  name: 'merge-contacts',
  room: 'journeys',
  description: 'Makes one contact of two that a person knows to be one',
  triggers: [{ kind: 'http', method: 'POST', path: '/v1/contacts/{id}/merge', access: 'publisher' }],
  grants: endingGrants,
  timeoutSeconds: 29,
  memoryMegabytes: 512,
});
