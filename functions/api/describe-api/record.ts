import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'describe-api',
  room: 'api',
  description: 'Tells that the API is up, and what it takes and answers',
  triggers: [
    { kind: 'http', method: 'GET', path: '/health', access: 'public' },
    { kind: 'http', method: 'GET', path: '/v1/openapi.json', access: 'public' },
  ],
  grants: [],
  timeoutSeconds: 10,
  memoryMegabytes: 512,
});
