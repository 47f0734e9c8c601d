import type { SchemaName } from '../schemas.ts';
import { type Operation, operation } from './operation.ts';

const ok = (text: string, schema: SchemaName): Operation['answers'] => ({ 200: { text, schema } });

/** What could not be processed. */
export const quarantineOperations: readonly Operation[] = [
  operation(
    'GET /v1/quarantine',
    'author',
    'What could not be processed and waits for a person, newest first',
    ok('The quarantine', 'Quarantine'),
  ),
  operation(
    'GET /v1/quarantine/{id}',
    'author',
    'One entry with what was to be processed',
    ok('The entry', 'QuarantinedWhole'),
  ),
  operation(
    'POST /v1/quarantine/{id}/replay',
    'publisher',
    'Process it again; 409 when it fails again, and it stays',
    ok('It was processed', 'Replayed'),
  ),
  operation(
    'DELETE /v1/quarantine/{id}',
    'publisher',
    'Drop it: it is never processed',
    ok('It was dropped', 'Dropped'),
  ),
  operation(
    'POST /v1/replay',
    'publisher',
    'Hear stored events that the stream never brought, a portion at a time; ask again while some are left',
    ok('How many', 'Replay'),
  ),
];
