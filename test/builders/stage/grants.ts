import type { FunctionRecord } from '#aws/function-record';

/** All that tables are asked for. */
export const dynamo = [
  'dynamodb:GetItem',
  'dynamodb:BatchGetItem',
  'dynamodb:Query',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:ConditionCheckItem',
] as const;
/** What the test itself may do. */
export const everything: FunctionRecord['grants'] = [
  { on: 'main', actions: dynamo },
  { on: 'catalogue', actions: dynamo },
  { on: 'audit', actions: dynamo },
  {
    on: 'machines',
    actions: [
      'states:CreateStateMachine',
      'states:UpdateStateMachine',
      'states:PublishStateMachineVersion',
      'states:StartExecution',
    ],
  },
  {
    on: 'executions',
    actions: ['states:SendTaskSuccess', 'states:SendTaskFailure', 'states:DescribeExecution'],
  },
  { on: 'machine-role', actions: ['iam:PassRole'] },
];
