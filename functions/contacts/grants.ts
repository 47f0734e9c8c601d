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

/** An import keeps its parts and results in the catalogue's table, and takes the parts away at its end. */
export const importingGrants: readonly Grant[] = [
  ...changingGrants.filter(({ on }) => on === 'main'),
  {
    on: 'catalogue',
    actions: [
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
    ],
  },
];
