import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'apply-change',
  room: 'contacts',
  description: 'Changes a contact by the API and tells the journeys what changed',
  triggers: [{ kind: 'http', method: 'PATCH', path: '/v1/contacts/{id}', access: 'admin' }],
  grants: [
    {
      on: 'main',
      actions: [
        'dynamodb:GetItem',
        'dynamodb:BatchGetItem',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:DeleteItem',
      ],
    },
    { on: 'catalogue', actions: ['dynamodb:GetItem', 'dynamodb:PutItem'] },
  ],
  timeoutSeconds: 10,
  memoryMegabytes: 512,
});
