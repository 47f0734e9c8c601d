import { defineFunction } from '#aws/function-record';
import { holdSeconds } from '../judging.ts';

export const record = defineFunction({
  name: 'judge-click',
  room: 'messages',
  description: 'Says of a click that was held whether a person made it or a program that fetches every link',
  triggers: [{ kind: 'click-window', seconds: holdSeconds }],
  grants: [
    {
      on: 'main',
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
    },
  ],
  timeoutSeconds: 10,
  memoryMegabytes: 512,
});
