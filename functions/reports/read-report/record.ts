import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'read-report',
  room: 'reports',
  description: 'Shows what became of runs, messages and contacts, as JSON, CSV or SVG',
  triggers: [
    { kind: 'http', method: 'GET', path: '/v1/journeys/{id}/report', access: 'viewer' },
    { kind: 'http', method: 'GET', path: '/v1/reports/overview', access: 'viewer' },
    { kind: 'http', method: 'GET', path: '/v1/reports/journeys', access: 'viewer' },
    { kind: 'http', method: 'GET', path: '/v1/reports/kpis', access: 'viewer' },
    { kind: 'http', method: 'GET', path: '/v1/reports/templates', access: 'viewer' },
    { kind: 'http', method: 'GET', path: '/v1/reports/segments', access: 'viewer' },
    { kind: 'http', method: 'GET', path: '/v1/reports/sources', access: 'viewer' },
  ],
  grants: [
    { on: 'main', actions: ['dynamodb:Query'] },
    { on: 'catalogue', actions: ['dynamodb:GetItem', 'dynamodb:Query'] },
  ],
  timeoutSeconds: 20,
  memoryMegabytes: 512,
});
