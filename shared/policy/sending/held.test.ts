import { expect, test } from 'vitest';
import { tellHeld } from './held.ts';

const only = (reason: string) => tellHeld(new Map([[reason, 2]]))[0];

test('who cannot be reached may also be the server of a webhook', () => {
  expect(only('not-reached')).toMatchObject({
    ...{ state: 'act', count: 2 },
    says: expect.stringMatching(
      /^2 runs held because SES, SNS or the server of a webhook cannot be reached: /,
    ),
  });
});

test('a reason that nobody foresaw is told by its name, and asks nothing of anybody', () => {
  expect(only('answered-503')).toMatchObject({
    ...{ state: 'wait', says: '2 runs held and tried again (answered-503)' },
  });
});

test('most stand first; what is gone before its coming was counted is left out', () => {
  const counts = new Map([
    ['pace', 1],
    ['paused-sms', 3],
    ['throttled', 0],
    ['paused', -1],
  ]);
  expect(tellHeld(counts).map(({ reason, state }) => [reason, state])).toEqual([
    ['paused-sms', 'watch'],
    ['pace', 'wait'],
  ]);
});
