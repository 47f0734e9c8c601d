import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'rotate-keys',
  room: 'messages',
  description: 'Lists the keys that sign links, and takes a new one; links of the old ones work on',
  triggers: [
    { kind: 'http', method: 'GET', path: '/v1/keys', access: 'admin' },
    { kind: 'http', method: 'POST', path: '/v1/keys/rotate', access: 'admin' },
  ],
  grants: [
    { on: 'catalogue', actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'] },
    { on: 'link-keys', actions: ['secretsmanager:PutSecretValue'] },
  ],
  timeoutSeconds: 10,
  memoryMegabytes: 512,
});
