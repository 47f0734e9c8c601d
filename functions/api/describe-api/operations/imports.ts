import type { Operation } from './operation.ts';

const csv = ['text/csv', 'multipart/form-data'] as const;
const options = ['separator', 'encoding', 'map', 'decimal', 'dates', 'consentText', 'tag'] as const;
const progress = { text: 'How far it is, and where the results are', schema: 'Import' } as const;
const table = { text: 'CSV; Link: rel="next" leads to the next page', media: 'text/csv' } as const;

/** Files of contacts, in and out. */
export const importOperations: readonly Operation[] = [
  {
    method: 'POST',
    path: '/v1/contacts/import',
    summary: 'Contacts as CSV; with `parts` the beginning of an import whose parts follow',
    access: 'publisher',
    body: { schema: 'Anything', media: csv },
    query: [...options, 'parts'],
    answers: { 202: progress },
  },
  {
    method: 'PUT',
    path: '/v1/imports/{id}/parts/{number}',
    summary: 'A part of an import: CSV with the header of all parts',
    access: 'publisher',
    body: { schema: 'Anything', media: csv },
    answers: { 202: progress },
  },
  {
    method: 'POST',
    path: '/v1/imports/{id}/continue',
    summary: 'Work on an import now; it goes on by itself, too',
    access: 'publisher',
    answers: { 200: progress },
  },
  {
    method: 'GET',
    path: '/v1/imports/{id}',
    summary: 'How far an import is',
    access: 'publisher',
    answers: { 200: progress },
  },
  {
    method: 'GET',
    path: '/v1/imports/{id}/result',
    summary: 'What became of each row',
    access: 'publisher',
    query: ['from', 'limit'],
    answers: { 200: table },
  },
  {
    method: 'GET',
    path: '/v1/contacts/export',
    summary: 'All contacts, or those of a segment; an import reads them back',
    access: 'publisher',
    query: ['format', 'segment', 'limit', 'after'],
    answers: { 200: table },
  },
];
