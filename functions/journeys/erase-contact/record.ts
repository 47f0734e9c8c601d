import { defineFunction } from '#aws/function-record';
import { forgettingGrants } from '../hearing/grants.ts';

export const record = defineFunction({
  name: 'erase-contact',
  room: 'journeys',
  description: 'Ends the runs of a contact and removes everything that is known of it',
  triggers: [{ kind: 'http', method: 'DELETE', path: '/v1/contacts/{id}', access: 'publisher' }],
  grants: [
    {
      on: 'main',
      actions: [
        'dynamodb:GetItem',
        'dynamodb:Query',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:DeleteItem',
      ],
    },
    { on: 'catalogue', actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'] },
    ...forgettingGrants,
  ],
  timeoutSeconds: 29,
  memoryMegabytes: 512,
});
