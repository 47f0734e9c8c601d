import { expect, test } from 'vitest';
import { emptyContact } from '#model/contact';
import { ledgerRows, standingOf } from './consent-rows.ts';

const at = '2026-03-01T00:00:00Z';

test('what counts is told by channel and topic, with what blocks it', () => {
  const contact = {
    ...emptyContact('c', at),
    consent: {
      sms: { given: false, at, source: 'stop' },
      email: { given: true, at, source: 'form:x', pending: 'consent' as const },
      news: { given: true, at, source: 'api' },
    },
    suppressed: {
      push: { reason: 'hard-bounce' as const, at },
      email: { reason: 'complaint' as const, at },
    },
  };
  expect(standingOf(contact).map(({ about, word, blocked }) => [about, word, blocked !== undefined])).toEqual(
    [
      ['email', 'pending', true],
      ['news', 'yes', false],
      ['push', 'no', true],
      ['sms', 'no', false],
    ],
  );
});

test('the ledger is told newest first, topics with their channel', () => {
  const entry = { given: true, at, source: 'form:x', origin: 'https://acme.example' };
  const rows = ledgerRows([
    { ...entry, channel: 'email' },
    { ...entry, channel: 'email', topic: 'news', given: false },
  ]);
  expect(rows.map(({ about, word, source }) => [about, word, source])).toEqual([
    ['email: news', 'no', 'form:x, https://acme.example'],
    ['email', 'yes', 'form:x, https://acme.example'],
  ]);
});
