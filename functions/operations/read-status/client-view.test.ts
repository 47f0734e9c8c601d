import { expect, test } from 'vitest';
import { aClient } from '#test/builders/message-order';
import { clientViewSchema, viewClient } from './client-view.ts';

test('shows senders, quiet hours and caps, and nothing that opens a door', () => {
  const client = { ...aClient(), writeKeys: ['wk_secret'], account: '111122223333' };
  const view = viewClient(client);
  expect(view).toMatchObject({ sender: client.sender, caps: client.caps, timezone: client.timezone });
  expect(JSON.stringify(view)).not.toMatch(/wk_secret|111122223333/);
  expect(clientViewSchema.safeParse(JSON.parse(JSON.stringify(view))).error).toBeUndefined();
});
