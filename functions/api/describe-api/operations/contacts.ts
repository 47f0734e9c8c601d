import type { Operation } from './operation.ts';

const contact = { text: 'The contact', schema: 'Contact' } as const;
export const contactOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/v1/contacts',
    summary: 'A contact by an address or user id; with `limit` or `cursor` all of them, page by page',
    access: 'author',
    query: ['email', 'phone', 'userId', 'limit', 'cursor'],
    answers: { 200: { text: 'The contact, or one page', schema: 'FoundContacts' } },
  },
  {
    method: 'GET',
    path: '/v1/contacts/{id}',
    summary: 'A contact',
    access: 'author',
    answers: { 200: contact },
  },
  {
    method: 'PATCH',
    path: '/v1/contacts/{id}',
    summary: 'Change a contact; If-Match guards against lost edits',
    guarded: true,
    access: 'publisher',
    body: { schema: 'ContactPatch' },
    answers: { 200: contact },
  },
  {
    method: 'GET',
    path: '/v1/contacts/{id}/consent',
    summary: 'Everything said about what a contact agrees to: channel, topic, words, time, origin',
    access: 'author',
    answers: { 200: { text: 'The ledger, oldest first', schema: 'ConsentLedger' } },
  },
  {
    method: 'GET',
    path: '/v1/contacts/{id}/timeline',
    summary: 'What happened to a contact, in order',
    access: 'author',
    query: ['since', 'until', 'limit'],
    answers: { 200: { text: 'The timeline', schema: 'Timeline' } },
  },
];
