import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'accept-form',
  room: 'ingest',
  description: 'Checks a form post against its definition and stores it as an event of its contact',
  triggers: [
    { kind: 'http', method: 'POST', path: '/v1/forms/{form}', access: 'public' },
    { kind: 'http', method: 'OPTIONS', path: '/v1/forms/{form}', access: 'public' },
  ],
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
    { on: 'catalogue', actions: ['dynamodb:GetItem'] },
  ],
  timeoutSeconds: 10,
  memoryMegabytes: 512,
});
