import { type Operation, operation } from './operation.ts';

/** The keys that sign the links in messages. */
export const keyOperations: readonly Operation[] = [
  operation(
    'GET /v1/keys',
    'admin',
    'The keys that sign links: which signs, which still verify, until when, and whether their second home has them',
    { 200: { text: 'The keys, without their bytes', schema: 'LinkKeys' } },
  ),
  operation(
    'POST /v1/keys/rotate',
    'admin',
    'A new key for links; those that were sent before work on for `oldFor`',
    { 200: { text: 'The keys', schema: 'LinkKeys' } },
    { body: { schema: 'KeyRotation', optional: true } },
  ),
];
