import { type Operation, operation } from './operation.ts';

const contact = { text: 'The contact', schema: 'Contact' } as const;
export const contactOperations: readonly Operation[] = [
  operation(
    'GET /v1/contacts',
    'author',
    'A contact by an address or user id; with `limit` or `cursor` all of them, page by page',
    { 200: { text: 'The contact, or one page', schema: 'FoundContacts' } },
    { query: ['email', 'phone', 'userId', 'limit', 'cursor'], refuses: [404] },
  ),
  operation('GET /v1/contacts/{id}', 'author', 'A contact', { 200: contact }),
  operation(
    'PATCH /v1/contacts/{id}',
    'publisher',
    'Change a contact; If-Match guards against lost edits',
    { 200: contact },
    { guarded: true, body: { schema: 'ContactPatch' } },
  ),
  operation(
    'GET /v1/contacts/{id}/consent',
    'author',
    'Everything said about what a contact agrees to: channel, topic, words, time, origin',
    { 200: { text: 'The ledger, oldest first', schema: 'ConsentLedger' } },
  ),
  operation(
    'GET /v1/contacts/{id}/timeline',
    'author',
    'What happened to a contact, in order',
    { 200: { text: 'The timeline', schema: 'Timeline' } },
    { query: ['since', 'until', 'limit'] },
  ),
];
