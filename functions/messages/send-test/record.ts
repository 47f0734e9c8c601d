import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'send-test',
  room: 'messages',
  description: 'Sends a template to a colleague, marked as a test',
  triggers: [{ kind: 'http', method: 'POST', path: '/v1/templates/{id}/test', access: 'author' }],
  grants: [
    { on: 'main', actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'] },
    { on: 'catalogue', actions: ['dynamodb:GetItem', 'dynamodb:Query'] },
    { on: 'ses-identity', actions: ['ses:SendRawEmail'] },
  ],
  timeoutSeconds: 29,
  memoryMegabytes: 1024,
});
