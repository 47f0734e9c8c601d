import { type Operation, operation } from './operation.ts';

/** What a contact may ask of whoever keeps it. */
export const rightsOperations: readonly Operation[] = [
  operation(
    'DELETE /v1/contacts/{id}',
    'publisher',
    'Erase a contact: its runs end, nothing that tells who it was stays; If-Match is heeded',
    {
      204: { text: 'Erased' },
      202: { text: 'Erased for everybody; a very long history is still being removed', schema: 'Erasing' },
    },
    { guarded: true },
  ),
  operation(
    'GET /v1/contacts/{id}/export',
    'publisher',
    'Everything that is kept about a contact; where there is "next", ask again with ?after=',
    { 200: { text: 'Everything', schema: 'ContactExport' } },
    { query: ['after'] },
  ),
  operation(
    'POST /v1/contacts/{id}/merge',
    'publisher',
    'Make another contact one with this one: both histories stay, the stricter consent holds',
    { 200: { text: 'The contact', schema: 'Contact' } },
    { body: { schema: 'ContactMerge' } },
  ),
];
