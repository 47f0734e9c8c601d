import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'tend-reports',
  room: 'reports',
  description: 'Goes on with what is counted anew, and mails the figures of the week',
  triggers: [{ kind: 'schedule', everyMinutes: 5 }],
  grants: [
    {
      on: 'main',
      actions: [
        'dynamodb:GetItem',
        'dynamodb:Query',
        'dynamodb:Scan',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:DeleteItem',
      ],
    },
    { on: 'catalogue', actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'] },
    { on: 'ses-identity', actions: ['ses:SendRawEmail'] },
  ],
  timeoutSeconds: 240,
  memoryMegabytes: 512,
});
