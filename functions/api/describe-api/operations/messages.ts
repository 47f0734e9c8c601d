import { type Operation, operation } from './operation.ts';

const page = { text: 'A page for people', media: 'text/html' };

const summaries = {
  u: 'Unsubscribe',
  p: 'Preferences by topic and channel',
  confirm: 'Confirm an address (double opt-in)',
  t: 'Answer a task: the link gives one of its outcomes',
} as const;

export const messageOperations: readonly Operation[] = [
  operation('GET /o/{token}', 'public', 'Open pixel', { 200: { text: 'A picture', media: 'image/gif' } }),
  operation('GET /c/{token}', 'public', 'Link in a message', {
    302: { text: 'To the destination inside the token' },
  }),
  ...(['u', 'p', 'confirm', 't'] as const).flatMap((name): Operation[] => {
    const summary = summaries[name];
    const path = `/${name}/{token}`;
    return [
      {
        method: 'GET',
        path,
        summary: `${summary}: shows, changes nothing`,
        access: 'public',
        answers: { 200: page },
      },
      {
        method: 'POST',
        path,
        summary,
        access: 'public',
        body: { schema: 'LinkForm', media: ['application/x-www-form-urlencoded'] },
        answers: { 200: page },
      },
    ];
  }),
];
