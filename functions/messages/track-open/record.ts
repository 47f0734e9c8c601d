import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'track-open',
  room: 'messages',
  description: 'Answers the picture in a mail and notes that the mail was opened',
  triggers: [
    { kind: 'http', method: 'GET', path: '/o/{token}', access: 'public' },
    { kind: 'http', method: 'HEAD', path: '/o/{token}', access: 'public' },
  ],
  grants: [
    { on: 'main', actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'] },
    { on: 'catalogue', actions: ['dynamodb:GetItem'] },
  ],
  timeoutSeconds: 10,
  memoryMegabytes: 512,
});
