import { defineFunction } from '#aws/function-record';
import { hearingGrants } from '../hearing/grants.ts';

export const record = defineFunction({
  name: 'sweep',
  room: 'journeys',
  description:
    'Finds what a crash left: events not heard, runs not started, claims without outcome, holds of resumed journeys',
  triggers: [{ kind: 'schedule', everyMinutes: 5 }],
  grants: hearingGrants,
  timeoutSeconds: 240,
  memoryMegabytes: 512,
});
