import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'read-contact',
  room: 'contacts',
  description: 'Lists contacts page by page; shows one, and what happened to it in order',
  triggers: [
    { kind: 'http', method: 'GET', path: '/v1/contacts', access: 'author', kept: true },
    { kind: 'http', method: 'GET', path: '/v1/contacts/{id}', access: 'author', kept: true },
    { kind: 'http', method: 'GET', path: '/v1/contacts/{id}/timeline', access: 'author', kept: true },
  ],
  grants: [
    { on: 'main', actions: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'] },
    { on: 'catalogue', actions: ['dynamodb:GetItem'] },
  ],
  timeoutSeconds: 10,
  memoryMegabytes: 512,
});
