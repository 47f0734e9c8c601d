import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'preview-template',
  room: 'messages',
  description: 'Shows a template as a contact would get it; nothing is sent',
  triggers: [{ kind: 'http', method: 'POST', path: '/v1/templates/{id}/preview', access: 'author' }],
  grants: [
    { on: 'main', actions: ['dynamodb:GetItem'] },
    { on: 'catalogue', actions: ['dynamodb:GetItem', 'dynamodb:Query'] },
  ],
  timeoutSeconds: 29,
  memoryMegabytes: 1024,
});
