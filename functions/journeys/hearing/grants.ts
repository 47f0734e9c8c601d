import type { Grant } from '#aws/function-record';
import { changingGrants } from '#functions/contacts/grants';

/** What it takes to change contacts and to end the runs that they are in. */
export const endingGrants: readonly Grant[] = [
  ...changingGrants,
  { on: 'main', actions: ['dynamodb:ConditionCheckItem'] },
  { on: 'executions', actions: ['states:SendTaskSuccess', 'states:SendTaskFailure'] },
];

/** And to start others. */
export const enteringGrants: readonly Grant[] = [
  ...endingGrants,
  { on: 'machines', actions: ['states:StartExecution'] },
];

/** What it takes to hear an event: contacts change, runs are answered, ended and started. */
export const hearingGrants: readonly Grant[] = [
  ...enteringGrants,
  // The mail of a double opt-in.
  { on: 'ses-identity', actions: ['ses:SendRawEmail'] },
];

/** An erasure takes devices from SNS, too, and rows from imports that wait. */
export const forgettingGrants: readonly Grant[] = [
  { on: 'catalogue', actions: ['dynamodb:UpdateItem', 'dynamodb:DeleteItem'] },
  { on: 'push-apps', actions: ['sns:DeleteEndpoint'] },
];
