import { defineFunction } from '#aws/function-record';
import { paths } from './calls.ts';

export const record = defineFunction({
  name: 'accept-event',
  room: 'ingest',
  description: "Takes events as Segment's HTTP tracking API does and stores them with their contacts",
  triggers: paths.flatMap((path) => [
    { kind: 'http', method: 'POST', path, access: 'public' } as const,
    { kind: 'http', method: 'OPTIONS', path, access: 'public' } as const,
  ]),
  grants: [
    {
      on: 'main',
      actions: [
        'dynamodb:GetItem',
        'dynamodb:BatchGetItem',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:DeleteItem',
      ],
    },
    { on: 'catalogue', actions: ['dynamodb:GetItem'] },
  ],
  timeoutSeconds: 29,
  memoryMegabytes: 512,
});
