import { defineFunction } from '#aws/function-record';
import { changingGrants } from '#functions/contacts/grants';

export const record = defineFunction({
  name: 'unsubscribe',
  room: 'messages',
  description: 'Shows the way out of our messages, and takes it at once when asked by POST (RFC 8058)',
  triggers: [
    { kind: 'http', method: 'GET', path: '/u/{token}', access: 'public' },
    { kind: 'http', method: 'HEAD', path: '/u/{token}', access: 'public' },
    { kind: 'http', method: 'POST', path: '/u/{token}', access: 'public' },
  ],
  grants: changingGrants,
  timeoutSeconds: 10,
  memoryMegabytes: 512,
});
