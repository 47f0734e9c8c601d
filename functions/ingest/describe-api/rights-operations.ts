import type { Operation } from './operations.ts';

/** What a contact may ask of whoever keeps it. */
export const rightsOperations: readonly Operation[] = [
  {
    method: 'DELETE',
    path: '/v1/contacts/{id}',
    summary: 'Erase a contact: its runs end, nothing that tells who it was stays; If-Match is heeded',
    access: 'admin',
    answers: {
      204: { text: 'Erased' },
      202: { text: 'Erased for everybody; a very long history is still being removed', schema: 'Anything' },
    },
  },
];
