import { defineFunction } from '#aws/function-record';
import { changingGrants } from '#functions/contacts/grants';

export const record = defineFunction({
  name: 'show-preferences',
  room: 'messages',
  description: 'Shows a contact what we may write about and on which channels, and takes the choice by POST',
  triggers: [
    { kind: 'http', method: 'GET', path: '/p/{token}', access: 'public' },
    { kind: 'http', method: 'HEAD', path: '/p/{token}', access: 'public' },
    { kind: 'http', method: 'POST', path: '/p/{token}', access: 'public' },
  ],
  grants: changingGrants,
  timeoutSeconds: 10,
  memoryMegabytes: 512,
});
