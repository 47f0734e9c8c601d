import type { Grant } from '#aws/function-record';
import { changingGrants } from '#functions/contacts/grants';

/** What it takes to hear an event: contacts change, runs are answered, ended and started. */
export const hearingGrants: readonly Grant[] = [
  ...changingGrants,
  { on: 'main', actions: ['dynamodb:ConditionCheckItem'] },
  { on: 'machines', actions: ['states:StartExecution'] },
  // The mail of a double opt-in.
  { on: 'ses-identity', actions: ['ses:SendRawEmail'] },
  { on: 'executions', actions: ['states:SendTaskSuccess', 'states:SendTaskFailure'] },
];

/** An erasure takes devices from SNS, too, and rows from imports that wait. */
export const erasingGrants: readonly Grant[] = [
  ...hearingGrants,
  { on: 'catalogue', actions: ['dynamodb:UpdateItem', 'dynamodb:DeleteItem'] },
  { on: 'push-apps', actions: ['sns:DeleteEndpoint'] },
];
