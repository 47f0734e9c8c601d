import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'answer-task',
  room: 'journeys',
  description: 'Lists what waits for colleagues, and takes an answer to a task as an event of the contact',
  triggers: [
    { kind: 'http', method: 'GET', path: '/v1/tasks', access: 'author', kept: true },
    { kind: 'http', method: 'POST', path: '/v1/tasks/{id}/outcome', access: 'author' },
  ],
  grants: [
    {
      on: 'main',
      actions: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:PutItem'],
    },
    { on: 'catalogue', actions: ['dynamodb:GetItem'] },
  ],
  timeoutSeconds: 10,
  memoryMegabytes: 256,
});
