import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'change-sending',
  room: 'operations',
  description: 'Pauses and resumes everything that runs do, or the messages of one channel',
  triggers: [
    { kind: 'http', method: 'GET', path: '/v1/sending', access: 'viewer' },
    { kind: 'http', method: 'POST', path: '/v1/sending/pause', access: 'publisher' },
    { kind: 'http', method: 'POST', path: '/v1/sending/resume', access: 'publisher' },
  ],
  grants: [
    {
      on: 'catalogue',
      actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    },
    {
      on: 'main',
      actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
    },
    { on: 'executions', actions: ['states:SendTaskSuccess'] },
  ],
  timeoutSeconds: 29,
  memoryMegabytes: 512,
});
