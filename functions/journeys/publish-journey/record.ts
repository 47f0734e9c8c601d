import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'publish-journey',
  room: 'journeys',
  description: 'Freezes the draft of a journey, its templates and its machine as the next version',
  triggers: [{ kind: 'http', method: 'POST', path: '/v1/journeys/{id}/publish', access: 'publisher' }],
  grants: [
    {
      on: 'catalogue',
      actions: [
        'dynamodb:GetItem',
        'dynamodb:Query',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:ConditionCheckItem',
      ],
    },
    { on: 'main', actions: ['dynamodb:UpdateItem'] },
    {
      on: 'machines',
      actions: [
        'states:CreateStateMachine',
        'states:UpdateStateMachine',
        'states:PublishStateMachineVersion',
      ],
    },
    { on: 'machine-role', actions: ['iam:PassRole'] },
  ],
  timeoutSeconds: 30,
  memoryMegabytes: 1024,
});
