import { type Operation, operation } from './operation.ts';

export const apiOperations: readonly Operation[] = [
  operation('GET /health', 'public', 'Is the API up?', { 200: { text: 'It is', schema: 'Health' } }),
  operation('GET /v1/openapi.json', 'public', 'This description', {
    200: { text: 'OpenAPI 3.1', schema: 'OpenApi' },
  }),
  operation(
    'PUT /v1/secrets/{name}',
    'admin',
    'Keep the secret of a service that checks posts (Turnstile, hCaptcha); it is never shown again',
    { 204: { text: 'Kept' } },
    { body: { schema: 'Secret' } },
  ),
  operation('DELETE /v1/secrets/{name}', 'admin', 'Take a secret away', { 204: { text: 'Gone' } }),
];
