import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'sweep',
  room: 'journeys',
  description:
    'Finds what a crash left: events not heard, runs not started, claims without outcome, holds of resumed journeys',
  triggers: [{ kind: 'schedule', everyMinutes: 5 }],
  grants: [
    {
      on: 'main',
      actions: [
        'dynamodb:GetItem',
        'dynamodb:BatchGetItem',
        'dynamodb:Query',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:DeleteItem',
      ],
    },
    { on: 'catalogue', actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'] },
    { on: 'machines', actions: ['states:StartExecution'] },
    { on: 'executions', actions: ['states:SendTaskSuccess', 'states:SendTaskFailure'] },
  ],
  timeoutSeconds: 240,
  memoryMegabytes: 512,
});
