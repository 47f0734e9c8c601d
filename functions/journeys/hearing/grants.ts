import type { Grant } from '#aws/function-record';
import { changingGrants } from '#functions/contacts/grants';

/** What it takes to hear an event: contacts change, runs are answered, ended and started. */
export const hearingGrants: readonly Grant[] = [
  ...changingGrants,
  { on: 'machines', actions: ['states:StartExecution'] },
  { on: 'executions', actions: ['states:SendTaskSuccess', 'states:SendTaskFailure'] },
];
