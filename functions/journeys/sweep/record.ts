import { defineFunction } from '#aws/function-record';
import { forgettingGrants, hearingGrants } from '../hearing/grants.ts';

export const record = defineFunction({
  name: 'sweep',
  room: 'journeys',
  description:
    'Finds what a crash left: events not heard, runs not started, claims without outcome, holds of resumed journeys, link keys not copied; erases visitors that were not seen for long',
  triggers: [{ kind: 'schedule', everyMinutes: 5 }],
  grants: [
    ...hearingGrants,
    ...forgettingGrants,
    { on: 'link-keys', actions: ['secretsmanager:PutSecretValue'] },
  ],
  timeoutSeconds: 240,
  memoryMegabytes: 512,
});
