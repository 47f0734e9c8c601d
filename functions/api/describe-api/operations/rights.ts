import type { Operation } from './operation.ts';

/** What a contact may ask of whoever keeps it. */
export const rightsOperations: readonly Operation[] = [
  {
    method: 'DELETE',
    path: '/v1/contacts/{id}',
    summary: 'Erase a contact: its runs end, nothing that tells who it was stays; If-Match is heeded',
    guarded: true,
    access: 'publisher',
    answers: {
      204: { text: 'Erased' },
      202: { text: 'Erased for everybody; a very long history is still being removed', schema: 'Anything' },
    },
  },
  {
    method: 'GET',
    path: '/v1/contacts/{id}/export',
    summary: 'Everything that is kept about a contact; where there is "next", ask again with ?after=',
    access: 'publisher',
    query: ['after'],
    answers: { 200: { text: 'Everything', schema: 'ContactExport' } },
  },
  {
    method: 'POST',
    path: '/v1/contacts/{id}/merge',
    summary: 'Make another contact one with this one: both histories stay, the stricter consent holds',
    access: 'publisher',
    body: { schema: 'ContactMerge' },
    answers: { 200: { text: 'The contact', schema: 'Contact' } },
  },
];
