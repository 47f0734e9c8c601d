import { type Operation, operation } from './operation.ts';

/** Stopping and resuming the whole client. */
export const sendingOperations: readonly Operation[] = [
  operation('GET /v1/status', 'viewer', 'How the client is, at a glance, with all that is wrong', {
    200: { text: 'The status', schema: 'Status' },
  }),
  operation('GET /v1/client', 'viewer', 'The settings in force: senders, quiet hours, caps, topics, teams', {
    200: { text: 'The settings', schema: 'ClientSettings' },
  }),
  operation('GET /v1/sending', 'viewer', 'What is paused, and how much of the bounds of messages is used', {
    200: { text: 'What is paused', schema: 'Sending' },
  }),
  operation(
    'POST /v1/sending/pause',
    'publisher',
    'Pause everything that runs do, or the messages of one channel, at once',
    { 200: { text: 'What is paused', schema: 'Sending' } },
    { body: { schema: 'SendingPause' } },
  ),
  operation(
    'POST /v1/sending/resume',
    'publisher',
    'Resume; what became stale meanwhile is skipped',
    { 200: { text: 'What is paused', schema: 'Sending' } },
    { body: { schema: 'SendingPause' } },
  ),
];
