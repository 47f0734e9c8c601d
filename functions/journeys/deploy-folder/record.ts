import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'deploy-folder',
  room: 'journeys',
  description:
    "Enters the client's folder into the catalogue: settings, templates, forms, segments, journeys",
  triggers: [{ kind: 'deployment' }],
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
    { on: 'link-keys', actions: ['secretsmanager:PutSecretValue'] },
    { on: 'audit', actions: ['dynamodb:PutItem'] },
  ],
  timeoutSeconds: 120,
  memoryMegabytes: 1024,
});
