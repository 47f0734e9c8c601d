import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'read-status',
  room: 'operations',
  description:
    'How the client is, at a glance and as metrics, and its settings; sends the heartbeat and sees whether it arrives',
  triggers: [
    { kind: 'http', method: 'GET', path: '/v1/status', access: 'viewer' },
    { kind: 'http', method: 'GET', path: '/v1/client', access: 'viewer' },
    { kind: 'schedule', everyMinutes: 5 },
  ],
  grants: [
    {
      on: 'main',
      actions: [
        'dynamodb:GetItem',
        'dynamodb:BatchGetItem',
        'dynamodb:Query',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
      ],
    },
    { on: 'catalogue', actions: ['dynamodb:GetItem', 'dynamodb:Query'] },
    { on: 'ses-identity', actions: ['ses:SendRawEmail'] },
    { on: 'sms', actions: ['sns:Publish'] },
    { on: 'push-endpoints', actions: ['sns:Publish'] },
    { on: 'team-topics', actions: ['sns:Publish'] },
  ],
  timeoutSeconds: 60,
  memoryMegabytes: 1024,
});
