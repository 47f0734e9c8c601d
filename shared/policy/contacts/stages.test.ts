import { expect, test } from 'vitest';
import { refuseMove } from './stages.ts';

const stages = { lead: { to: ['customer'] }, customer: { to: [] } };

test('a move that is not allowed is told with those that are', () => {
  expect(refuseMove({ ...stages, lost: {} }, 'lead', 'lost')?.message).toBe(
    'A contact of stage "lead" may go to "customer", not to "lost".',
  );
  expect(refuseMove(stages, 'customer', 'lead')?.message).toBe(
    'No stage follows "customer", so a contact of it cannot go to "lead".',
  );
});
