import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'serve-snippet',
  room: 'ingest',
  description: 'Serves the script that websites include',
  triggers: [{ kind: 'http', method: 'GET', path: '/v1/wayleaf.js', access: 'public' }],
  grants: [],
  timeoutSeconds: 5,
  memoryMegabytes: 256,
});
