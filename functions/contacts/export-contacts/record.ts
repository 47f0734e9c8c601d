import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'export-contacts',
  room: 'contacts',
  description: 'All contacts, or those of a segment, page by page as CSV or NDJSON',
  triggers: [{ kind: 'http', method: 'GET', path: '/v1/contacts/export', access: 'publisher', kept: true }],
  grants: [
    { on: 'main', actions: ['dynamodb:BatchGetItem', 'dynamodb:Query'] },
    { on: 'catalogue', actions: ['dynamodb:GetItem', 'dynamodb:Query'] },
  ],
  timeoutSeconds: 29,
  memoryMegabytes: 512,
});
