import type { Operation } from './operation.ts';

/** Stopping and resuming the whole client. */
export const sendingOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/v1/status',
    summary: 'How the client is, at a glance, with all that is wrong',
    access: 'viewer',
    answers: { 200: { text: 'The status', schema: 'Status' } },
  },
  {
    method: 'GET',
    path: '/v1/client',
    summary: 'The settings in force: senders, quiet hours, caps, topics, teams',
    access: 'viewer',
    answers: { 200: { text: 'The settings', schema: 'ClientSettings' } },
  },
  {
    method: 'GET',
    path: '/v1/sending',
    summary: 'What is paused, and how much of the bounds of messages is used',
    access: 'viewer',
    answers: { 200: { text: 'What is paused', schema: 'Sending' } },
  },
  {
    method: 'POST',
    path: '/v1/sending/pause',
    summary: 'Pause everything that runs do, or the messages of one channel, at once',
    access: 'publisher',
    body: { schema: 'SendingPause' },
    answers: { 200: { text: 'What is paused', schema: 'Sending' } },
  },
  {
    method: 'POST',
    path: '/v1/sending/resume',
    summary: 'Resume; what became stale meanwhile is skipped',
    access: 'publisher',
    body: { schema: 'SendingPause' },
    answers: { 200: { text: 'What is paused', schema: 'Sending' } },
  },
];
