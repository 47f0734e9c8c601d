import type { Operation } from './operation.ts';

/** Who may enter, and as what. */
export const tokenOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/v1/me',
    summary: 'Whose token it is that asks, and what role it has',
    access: 'viewer',
    answers: { 200: { text: 'You', schema: 'Me' } },
  },
  {
    method: 'GET',
    path: '/v1/tokens',
    summary: 'The tokens of this API, never their secrets',
    access: 'admin',
    answers: { 200: { text: 'The tokens', schema: 'Tokens' } },
  },
  {
    method: 'POST',
    path: '/v1/tokens',
    summary: 'A new token',
    access: 'admin',
    body: { schema: 'NewToken' },
    answers: { 201: { text: 'The token, shown this once', schema: 'MadeToken' } },
  },
  {
    method: 'POST',
    path: '/v1/tokens/{id}/rotate',
    summary: 'A new secret for a token; the old one works on for `oldFor`, or ends at once',
    access: 'admin',
    body: { schema: 'TokenRotation' },
    answers: { 200: { text: 'The token, shown this once', schema: 'MadeToken' } },
  },
  {
    method: 'DELETE',
    path: '/v1/tokens/{id}',
    summary: 'Revoke a token: it ends at once',
    access: 'admin',
    answers: { 204: { text: 'Revoked' } },
  },
  {
    method: 'GET',
    path: '/v1/audit',
    summary: 'Who did what and when; the last 31 days unless `since` or `until` say otherwise',
    access: 'admin',
    query: ['since', 'until', 'actor', 'subject', 'limit', 'cursor'],
    answers: { 200: { text: 'One page, newest first', schema: 'Audit' } },
  },
];
