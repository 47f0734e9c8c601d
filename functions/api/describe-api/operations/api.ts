import type { Operation } from './operation.ts';

export const apiOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/health',
    summary: 'Is the API up?',
    access: 'public',
    answers: { 200: { text: 'It is', schema: 'Health' } },
  },
  {
    method: 'GET',
    path: '/v1/openapi.json',
    summary: 'This description',
    access: 'public',
    answers: { 200: { text: 'OpenAPI 3.1', schema: 'Anything' } },
  },
  {
    method: 'PUT',
    path: '/v1/secrets/{name}',
    summary: 'Keep the secret of a service that checks posts (Turnstile, hCaptcha); it is never shown again',
    access: 'admin',
    body: { schema: 'Secret' },
    answers: { 204: { text: 'Kept' } },
  },
  {
    method: 'DELETE',
    path: '/v1/secrets/{name}',
    summary: 'Take a secret away',
    access: 'admin',
    answers: { 204: { text: 'Gone' } },
  },
];
