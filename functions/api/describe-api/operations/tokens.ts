import { type Operation, operation } from './operation.ts';

/** Who may enter, and as what. */
export const tokenOperations: readonly Operation[] = [
  operation('GET /v1/me', 'viewer', 'Whose token it is that asks, and what role it has', {
    200: { text: 'You', schema: 'Me' },
  }),
  operation('GET /v1/tokens', 'admin', 'The tokens of this API, never their secrets', {
    200: { text: 'The tokens', schema: 'Tokens' },
  }),
  operation(
    'POST /v1/tokens',
    'admin',
    'A new token',
    { 201: { text: 'The token, shown this once', schema: 'MadeToken' } },
    { body: { schema: 'NewToken' } },
  ),
  operation(
    'POST /v1/tokens/{id}/rotate',
    'admin',
    'A new secret for a token; the old one works on for `oldFor`, or ends at once',
    { 200: { text: 'The token, shown this once', schema: 'MadeToken' } },
    { body: { schema: 'TokenRotation', optional: true } },
  ),
  operation('DELETE /v1/tokens/{id}', 'admin', 'Revoke a token: it ends at once', {
    204: { text: 'Revoked' },
  }),
  operation(
    'GET /v1/audit',
    'admin',
    'Who did what and when; the last 31 days unless `since` or `until` say otherwise',
    { 200: { text: 'One page, newest first', schema: 'Audit' } },
    { query: ['since', 'until', 'actor', 'subject', 'limit', 'cursor'] },
  ),
];
