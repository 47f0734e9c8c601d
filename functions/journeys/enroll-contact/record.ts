import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'enroll-contact',
  room: 'journeys',
  description: 'Puts a contact, or in time all members of a segment, into a journey by hand',
  triggers: [{ kind: 'http', method: 'POST', path: '/v1/journeys/{id}/enroll', access: 'publisher' }],
  grants: [
    {
      on: 'main',
      actions: [
        'dynamodb:GetItem',
        'dynamodb:Query',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:ConditionCheckItem',
      ],
    },
    { on: 'catalogue', actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'] },
    { on: 'machines', actions: ['states:StartExecution'] },
  ],
  timeoutSeconds: 15,
  memoryMegabytes: 512,
});
