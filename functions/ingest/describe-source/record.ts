import { defineFunction } from '#aws/function-record';

export const record = defineFunction({
  name: 'describe-source',
  room: 'ingest',
  description: "Tells Segment's browser library what to do with events: send all of them here",
  triggers: [{ kind: 'http', method: 'GET', path: '/v1/projects/{writeKey}/settings', access: 'public' }],
  grants: [{ on: 'catalogue', actions: ['dynamodb:GetItem'] }],
  timeoutSeconds: 10,
  memoryMegabytes: 256,
});
