import { defineFunction } from '#aws/function-record';
import { forgettingGrants, hearingGrants } from '../hearing/grants.ts';

export const record = defineFunction({
  name: 'sweep',
  room: 'journeys',
  description:
    'Finds what a crash left: events not heard, runs not started, claims without outcome, holds of resumed journeys; erases visitors that were not seen for long',
  triggers: [{ kind: 'schedule', everyMinutes: 5 }],
  grants: [...hearingGrants, ...forgettingGrants],
  timeoutSeconds: 240,
  memoryMegabytes: 512,
});
