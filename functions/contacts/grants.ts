import type { Grant } from '#aws/function-record';

/**
 * What it takes to change a contact: identities and suppressions go with it, and its past and the
 * segments tell where the change moves it.
 */
export const changingGrants: readonly Grant[] = [
  {
    on: 'main',
    actions: [
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
    ],
  },
  { on: 'catalogue', actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'] },
];
