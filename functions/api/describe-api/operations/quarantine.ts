import type { Operation } from './operation.ts';

/** What could not be processed. */
export const quarantineOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/v1/quarantine',
    summary: 'What could not be processed and waits for a person, newest first',
    access: 'author',
    answers: { 200: { text: 'The quarantine', schema: 'Quarantine' } },
  },
  {
    method: 'GET',
    path: '/v1/quarantine/{id}',
    summary: 'One entry with what was to be processed',
    access: 'author',
    answers: { 200: { text: 'The entry', schema: 'QuarantinedWhole' } },
  },
  {
    method: 'POST',
    path: '/v1/quarantine/{id}/replay',
    summary: 'Process it again; 409 when it fails again, and it stays',
    access: 'publisher',
    answers: { 200: { text: 'It was processed', schema: 'Anything' } },
  },
  {
    method: 'DELETE',
    path: '/v1/quarantine/{id}',
    summary: 'Drop it: it is never processed',
    access: 'publisher',
    answers: { 200: { text: 'It was dropped', schema: 'Anything' } },
  },
  {
    method: 'POST',
    path: '/v1/replay',
    summary:
      'Hear stored events that the stream never brought, a portion at a time; ask again while some are left',
    access: 'publisher',
    answers: { 200: { text: 'How many', schema: 'Replay' } },
  },
];
