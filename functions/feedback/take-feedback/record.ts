import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'take-feedback',
  room: 'feedback',
  description: 'Takes what SES tells of mails and what people answer by text, and suppresses at once',
  triggers: [
    { kind: 'topic', topic: 'ses-events' },
    { kind: 'topic', topic: 'inbound-sms' },
  ],
  grants: [
    {
      on: 'main',
      actions: [
        'dynamodb:GetItem',
        'dynamodb:Query',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:DeleteItem',
      ],
    },
    { on: 'catalogue', actions: ['dynamodb:GetItem', 'dynamodb:PutItem'] },
  ],
  timeoutSeconds: 30,
  memoryMegabytes: 512,
});
