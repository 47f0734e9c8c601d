import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'end-run',
  room: 'journeys',
  description: 'Settles a run when its execution has ended',
  triggers: [{ kind: 'execution-status', statuses: ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] }],
  grants: [
    { on: 'main', actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'] },
    { on: 'machines', actions: ['states:StartExecution'] },
    { on: 'catalogue', actions: ['dynamodb:GetItem', 'dynamodb:Query'] },
  ],
  timeoutSeconds: 30,
  memoryMegabytes: 256,
});
