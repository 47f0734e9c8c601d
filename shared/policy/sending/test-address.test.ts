import { describe, expect, it } from 'vitest';
import { clientSchema } from '#model/client';
import { aClient } from '#test/builders/message-order';
import { mayGetTests } from './test-address.ts';

const client = {
  ...aClient(),
  teams: { sales: { name: 'Sales', emails: ['sales@acme.example'] } },
  testSends: { to: ['Mara@else.example', '@agency.example'], perDay: 10 },
};

describe('a test mail', () => {
  it.each([
    ...['ops@acme.example', 'team@acme.example', 'sales@acme.example'],
    ...['mara@ELSE.example', 'anybody@agency.example'],
  ])('may go to %s, whom client.json names', (address) => expect(mayGetTests(client, address)).toBe(true));

  it.each([
    ...['ada@example.com', 'hello@acme.example', 'mara@evil.example', 'x@agency.example.evil.example'],
    ...['agency.example', 'x@sub.agency.example', 'mara@else.example@evil.example', ''],
  ])('refuses %s', (address) => expect(mayGetTests(client, address)).toBe(false));

  it('refuses to be opened to a whole provider of mailboxes', () => {
    const opened = (to: string) => clientSchema.safeParse({ ...aClient(), testSends: { to: [to] } }).success;
    expect(['@gmail.com', '@web.de', 'nobody', '@', 'a b@c.de'].map(opened)).toEqual(Array(5).fill(false));
    expect(['me@gmail.com', '@acme.example'].map(opened)).toEqual([true, true]);
  });
});
