import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'preview-template',
  room: 'messages',
  description: 'Shows a template as a contact would get it, and a message as it was sent; nothing is sent',
  triggers: [
    { kind: 'http', method: 'POST', path: '/v1/templates/{id}/preview', access: 'author' },
    { kind: 'http', method: 'GET', path: '/v1/messages/{id}', access: 'author', kept: true },
  ],
  grants: [
    { on: 'main', actions: ['dynamodb:GetItem'] },
    { on: 'catalogue', actions: ['dynamodb:GetItem', 'dynamodb:Query'] },
  ],
  timeoutSeconds: 29,
  memoryMegabytes: 1024,
});
