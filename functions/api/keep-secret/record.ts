import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'keep-secret',
  room: 'api',
  description: 'Keeps secrets of services that check posts (Turnstile, hCaptcha); shows them to nobody',
  triggers: [
    { kind: 'http', method: 'PUT', path: '/v1/secrets/{name}', access: 'admin' },
    { kind: 'http', method: 'DELETE', path: '/v1/secrets/{name}', access: 'admin' },
  ],
  grants: [
    {
      on: 'catalogue',
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
    },
  ],
  timeoutSeconds: 10,
  memoryMegabytes: 512,
});
