import type { Operation } from './operation.ts';

/** The keys that sign the links in messages. */
export const keyOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/v1/keys',
    summary: 'The keys that sign links: which signs, which still verify, and until when',
    access: 'admin',
    answers: { 200: { text: 'The keys, without their bytes', schema: 'LinkKeys' } },
  },
  {
    method: 'POST',
    path: '/v1/keys/rotate',
    summary: 'A new key for links; those that were sent before work on for `oldFor`',
    access: 'admin',
    body: { schema: 'KeyRotation' },
    answers: { 200: { text: 'The keys', schema: 'LinkKeys' } },
  },
];
