import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'change-journey',
  room: 'journeys',
  description: 'Pauses, resumes or archives a journey',
  triggers: [
    { kind: 'http', method: 'POST', path: '/v1/journeys/{id}/pause', access: 'publisher' },
    { kind: 'http', method: 'POST', path: '/v1/journeys/{id}/resume', access: 'publisher' },
    { kind: 'http', method: 'POST', path: '/v1/journeys/{id}/archive', access: 'publisher' },
  ],
  grants: [
    { on: 'catalogue', actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'] },
    { on: 'main', actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'] },
    { on: 'executions', actions: ['states:SendTaskSuccess'] },
  ],
  timeoutSeconds: 29,
  memoryMegabytes: 256,
});
