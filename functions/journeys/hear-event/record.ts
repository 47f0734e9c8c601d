import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'hear-event',
  room: 'journeys',
  description: 'Applies each new event to its contact, answers waits, ends runs and starts them',
  triggers: [{ kind: 'stream', sortKeys: ['E#'], events: ['INSERT'], batchSize: 100, windowSeconds: 0 }],
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
  timeoutSeconds: 60,
  memoryMegabytes: 512,
});
