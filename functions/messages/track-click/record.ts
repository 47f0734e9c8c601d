import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'track-click',
  room: 'messages',
  description: 'Leads a reader on to the page behind a link and notes the click',
  triggers: [
    { kind: 'http', method: 'GET', path: '/c/{token}', access: 'public' },
    { kind: 'http', method: 'HEAD', path: '/c/{token}', access: 'public' },
  ],
  grants: [
    { on: 'main', actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'] },
    { on: 'catalogue', actions: ['dynamodb:GetItem'] },
    { on: 'link-keys', actions: ['secretsmanager:GetSecretValue'] },
    { on: 'click-machine', actions: ['states:StartExecution'] },
  ],
  timeoutSeconds: 10,
  memoryMegabytes: 512,
});
