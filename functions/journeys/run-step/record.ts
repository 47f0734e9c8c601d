import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'run-step',
  room: 'journeys',
  description: 'Performs one step of one run, or begins its wait; called by the state machines',
  triggers: [{ kind: 'machine' }],
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
        'dynamodb:ConditionCheckItem',
      ],
    },
    // The brake stops everything from here.
    {
      on: 'catalogue',
      actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    },
    { on: 'machines', actions: ['states:StartExecution'] },
    { on: 'executions', actions: ['states:SendTaskSuccess'] },
    { on: 'ses-identity', actions: ['ses:SendRawEmail'] },
    { on: 'ses-account', actions: ['ses:GetSendQuota'] },
    { on: 'sms', actions: ['sns:Publish'] },
    { on: 'push-endpoints', actions: ['sns:Publish'] },
    { on: 'team-topics', actions: ['sns:Publish'] },
  ],
  timeoutSeconds: 30,
  memoryMegabytes: 512,
});
