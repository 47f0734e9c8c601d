import { defineFunction } from '#aws/function-record';
import { importingGrants } from '../grants.ts';

export const record = defineFunction({
  name: 'import-contacts',
  room: 'contacts',
  description: 'Takes contacts as CSV, whole or in parts, and tells what became of each row',
  triggers: [
    { kind: 'http', method: 'POST', path: '/v1/contacts/import', access: 'publisher' },
    { kind: 'http', method: 'PUT', path: '/v1/imports/{id}/parts/{number}', access: 'publisher' },
    { kind: 'http', method: 'POST', path: '/v1/imports/{id}/continue', access: 'publisher', kept: false },
    { kind: 'http', method: 'GET', path: '/v1/imports/{id}', access: 'publisher' },
    { kind: 'http', method: 'GET', path: '/v1/imports/{id}/result', access: 'publisher' },
  ],
  grants: importingGrants,
  timeoutSeconds: 29,
  memoryMegabytes: 512,
});
