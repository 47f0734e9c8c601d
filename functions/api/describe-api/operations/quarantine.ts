import { type Operation, operation } from './operation.ts';

/** What could not be processed. */
export const quarantineOperations: readonly Operation[] = [
  operation(
    'GET /v1/quarantine',
    'author',
    'What could not be processed and waits for a person, newest first',
    { 200: { text: 'The quarantine', schema: 'Quarantine' } },
  ),
  operation('GET /v1/quarantine/{id}', 'author', 'One entry with what was to be processed', {
    200: { text: 'The entry', schema: 'QuarantinedWhole' },
  }),
  operation(
    'POST /v1/quarantine/{id}/replay',
    'publisher',
    'Process it again; 409 when it fails again, and it stays',
    { 200: { text: 'It was processed', schema: 'Anything' } },
  ),
  operation('DELETE /v1/quarantine/{id}', 'publisher', 'Drop it: it is never processed', {
    200: { text: 'It was dropped', schema: 'Anything' },
  }),
  operation(
    'POST /v1/replay',
    'publisher',
    'Hear stored events that the stream never brought, a portion at a time; ask again while some are left',
    { 200: { text: 'How many', schema: 'Replay' } },
  ),
];
