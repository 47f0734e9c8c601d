import { defineFunction } from '#aws/function-record';
import { enteringGrants } from '../hearing/grants.ts';

export const record = defineFunction({
  name: 'enroll-members',
  room: 'journeys',
  description:
    'Puts the members of whole segments into journeys, a portion a second, after those who come by themselves',
  triggers: [{ kind: 'schedule', everyMinutes: 1 }],
  grants: enteringGrants,
  timeoutSeconds: 120,
  memoryMegabytes: 512,
});
