import { expect, test } from 'vitest';
import { joinPages } from './join-pages.ts';

test('pages of an export become one document; lists go on, what stands once is not repeated', () => {
  const first = { exportedAt: 'a', contact: { id: 'c' }, identities: [1], events: [1, 2], next: 'x' };
  const second = { exportedAt: 'b', contact: { id: 'c' }, identities: [1], events: [3], messages: [9] };
  expect(joinPages([first, second])).toEqual({
    ...{ exportedAt: 'a', contact: { id: 'c' }, identities: [1], events: [1, 2, 3], messages: [9] },
  });
});
