import { type Operation, operation } from './operation.ts';

const csv = ['text/csv', 'multipart/form-data'] as const;
const options = ['separator', 'encoding', 'map', 'decimal', 'dates', 'consentText', 'tag'] as const;
const progress = { text: 'How far it is, and where the results are', schema: 'Import' } as const;
const table = { text: 'CSV; Link: rel="next" leads to the next page', media: 'text/csv' } as const;

/** Files of contacts, in and out. */
export const importOperations: readonly Operation[] = [
  operation(
    'POST /v1/contacts/import',
    'publisher',
    'Contacts as CSV; with `parts` the beginning of an import whose parts follow',
    { 202: progress },
    { body: { schema: 'Csv', media: csv }, query: [...options, 'parts'] },
  ),
  operation(
    'PUT /v1/imports/{id}/parts/{number}',
    'publisher',
    'A part of an import: CSV with the header of all parts',
    { 202: progress },
    { body: { schema: 'Csv', media: csv } },
  ),
  operation(
    'POST /v1/imports/{id}/continue',
    'publisher',
    'Work on an import now; it goes on by itself, too',
    { 200: progress },
  ),
  operation('GET /v1/imports/{id}', 'publisher', 'How far an import is', { 200: progress }),
  operation(
    'GET /v1/imports/{id}/result',
    'publisher',
    'What became of each row',
    { 200: table },
    { query: ['from', 'limit'] },
  ),
  operation(
    'GET /v1/contacts/export',
    'publisher',
    'All contacts, or those of a segment; an import reads them back',
    { 200: table },
    { query: ['format', 'segment', 'limit', 'after'] },
  ),
];
