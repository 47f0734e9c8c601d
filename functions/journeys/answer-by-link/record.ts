import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'answer-by-link',
  room: 'journeys',
  description: 'Shows a colleague the answer to a task that a link gives, and takes it by POST',
  triggers: [
    { kind: 'http', method: 'GET', path: '/t/{token}', access: 'public' },
    { kind: 'http', method: 'HEAD', path: '/t/{token}', access: 'public' },
    { kind: 'http', method: 'POST', path: '/t/{token}', access: 'public' },
  ],
  grants: [
    { on: 'main', actions: ['dynamodb:GetItem', 'dynamodb:PutItem'] },
    { on: 'catalogue', actions: ['dynamodb:GetItem'] },
  ],
  timeoutSeconds: 10,
  memoryMegabytes: 512,
});
