import { defineFunction } from '#aws/function-record';
import { record as takeFeedback } from '#functions/feedback/take-feedback/record';
import { record as endRun } from '#functions/journeys/end-run/record';
import { hearingGrants } from '#functions/journeys/hearing/grants';
import { record as foldCounts } from '#functions/reports/fold-counts/record';

export const record = defineFunction({
  name: 'manage-quarantine',
  room: 'operations',
  description:
    'Lists, shows, replays and drops what could not be processed; hears events that the stream lost',
  triggers: [
    { kind: 'http', method: 'GET', path: '/v1/quarantine', access: 'author' },
    { kind: 'http', method: 'GET', path: '/v1/quarantine/{id}', access: 'author' },
    { kind: 'http', method: 'POST', path: '/v1/quarantine/{id}/replay', access: 'publisher' },
    { kind: 'http', method: 'DELETE', path: '/v1/quarantine/{id}', access: 'publisher' },
    { kind: 'http', method: 'POST', path: '/v1/replay', access: 'publisher' },
  ],
  // What is tried again does here what it would have done there.
  grants: [
    ...[...hearingGrants, ...takeFeedback.grants, ...endRun.grants, ...foldCounts.grants],
    { on: 'main-stream', actions: ['dynamodb:GetShardIterator', 'dynamodb:GetRecords'] },
  ],
  timeoutSeconds: 29,
  memoryMegabytes: 512,
});
