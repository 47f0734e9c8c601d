import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'read-consent',
  room: 'contacts',
  description: 'Shows everything that was ever said about what a contact agrees to',
  triggers: [
    { kind: 'http', method: 'GET', path: '/v1/contacts/{id}/consent', access: 'author', kept: true },
  ],
  grants: [
    { on: 'main', actions: ['dynamodb:GetItem', 'dynamodb:Query'] },
    { on: 'catalogue', actions: ['dynamodb:GetItem'] },
  ],
  timeoutSeconds: 10,
  memoryMegabytes: 512,
});
