import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'export-contact',
  room: 'contacts',
  description: 'Everything that is kept about one contact, as JSON',
  triggers: [
    { kind: 'http', method: 'GET', path: '/v1/contacts/{id}/export', access: 'publisher', kept: true },
  ],
  grants: [
    { on: 'main', actions: ['dynamodb:GetItem', 'dynamodb:Query'] },
    { on: 'catalogue', actions: ['dynamodb:GetItem'] },
  ],
  timeoutSeconds: 29,
  memoryMegabytes: 512,
});
