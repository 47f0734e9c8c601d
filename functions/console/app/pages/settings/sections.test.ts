import { expect, test } from 'vitest';
import { viewClient } from '#functions/operations/read-status/client-view';
import { aClient } from '#test/builders/message-order';
import { sectionsOf } from './sections.ts';

const factsOf = (change: Partial<ReturnType<typeof aClient>>, title: string) =>
  Object.fromEntries(
    sectionsOf(viewClient({ ...aClient(), ...change })).find((one) => one.title === title)!.facts,
  );

test('quiet hours are told for all, and for texts, which have hours of their own', () => {
  // biome-ignore lint/suspicious/noThenProperty: the word of the settings
  const quietHours = { from: '21:00', to: '08:00', then: 'skip' as const };
  const { channels } = aClient();
  expect(factsOf({ quietHours, channels: {} }, 'Quiet hours')).toEqual({
    'All channels': '21:00 to 08:00, then left out',
    'Advertising by text': '20:00 to 09:00, then held',
  });
  const none = { ...channels, sms: { quietHours: false as const } };
  expect(factsOf({ quietHours, channels: none }, 'Quiet hours')['Advertising by text']).toContain('21:00');
});

test('a bound that is not there is told', () => {
  expect(factsOf({ brake: false, caps: {} }, 'Bounds')['Messages an hour']).toBe('no bound');
  expect(factsOf({ caps: { email: { atMost: 3, per: '7 days' } } }, 'Caps')).toEqual({
    ...{ 'E-mail': 'at most 3 in 7 days', SMS: 'none', Push: 'none' },
  });
});
