import type { Grant } from '#aws/function-record';
import { changingGrants } from '#functions/contacts/grants';

/** What it takes to let contacts into journeys; a run of theirs that is over ends by it. */
export const enteringGrants: readonly Grant[] = [
  {
    on: 'main',
    actions: [
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:ConditionCheckItem',
    ],
  },
  { on: 'catalogue', actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'] },
  { on: 'executions', actions: ['states:SendTaskFailure'] },
  { on: 'machines', actions: ['states:StartExecution'] },
];

/** What it takes to hear an event: contacts change, runs are answered, ended and started. */
export const hearingGrants: readonly Grant[] = [
  ...changingGrants,
  ...enteringGrants,
  { on: 'executions', actions: ['states:SendTaskSuccess'] },
  // The mail of a double opt-in.
  { on: 'ses-identity', actions: ['ses:SendRawEmail'] },
];

/** An erasure ends runs, and takes devices from SNS and rows from imports that wait, too. */
export const forgettingGrants: readonly Grant[] = [
  { on: 'catalogue', actions: ['dynamodb:UpdateItem', 'dynamodb:DeleteItem'] },
  { on: 'executions', actions: ['states:SendTaskFailure'] },
  { on: 'push-apps', actions: ['sns:DeleteEndpoint'] },
];
