import { defineFunction } from '#aws/function-record';
import { changingGrants } from '#functions/contacts/grants';

export const record = defineFunction({
  name: 'confirm-address',
  room: 'messages',
  description: 'Shows what an address is asked to confirm (double opt-in), and takes the yes by POST',
  triggers: [
    { kind: 'http', method: 'GET', path: '/confirm/{token}', access: 'public' },
    { kind: 'http', method: 'HEAD', path: '/confirm/{token}', access: 'public' },
    { kind: 'http', method: 'POST', path: '/confirm/{token}', access: 'public' },
  ],
  grants: changingGrants,
  timeoutSeconds: 10,
  memoryMegabytes: 512,
});
