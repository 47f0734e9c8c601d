import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'watch-rates',
  room: 'journeys',
  description: 'Pauses a journey whose mails bounce or are complained about too often',
  triggers: [{ kind: 'schedule', everyMinutes: 5 }],
  grants: [
    {
      on: 'main',
      actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    },
    {
      on: 'catalogue',
      actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    },
  ],
  timeoutSeconds: 120,
  memoryMegabytes: 256,
});
