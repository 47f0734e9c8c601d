import { describe, expect, test } from 'vitest';
import { readHeader } from './columns.ts';
import { type ReadRow, readRow } from './row.ts';

const settings = { topics: ['tips'] };
const read = (header: string, cells: string): ReadRow => {
  const reading = readRow(cells.split(','), {
    ...{
      columns: readHeader(header.split(','), new Map(), settings),
      tags: [],
      decimal: '.',
      origin: 'import',
    },
    consentKeys: ['email', 'sms', 'push', 'tips'],
  });
  if ('refused' in reading) throw new Error(reading.refused);
  return reading.row;
};
const said = (header: string, cells: string) =>
  (read(header, cells).update.consent ?? []).map(
    ({ channel, given }) => `${channel}:${given ? 'yes' : 'no'}`,
  );

describe('an opt-out column', () => {
  const optOuts = [
    'unsubscribed',
    'Unsubscribed',
    'opted out',
    'withdrawn',
    'denied',
    'yes',
    '1',
    'x',
    'true',
  ];
  test.each([...optOuts, 'wahr', 'vrai'])('takes %j for a no', (cell) => {
    expect([
      said('email,unsubscribed', `a@b.de,${cell}`),
      read('email,unsubscribed', `a@b.de,${cell}`).notes,
    ]).toEqual([['email:no'], []]);
  });

  test.each(['2024-05-01', 'Abgemeldet', 'désinscrit', 'perhaps', 'n/a', '-'])(
    'takes %j for a no, and says that it did',
    (cell) => {
      const row = read('email,unsubscribed', `a@b.de,${cell}`);
      expect([said('email,unsubscribed', `a@b.de,${cell}`), row.notes]).toEqual([
        ['email:no'],
        ['consent.email:taken-as-no'],
      ]);
    },
  );

  test.each(['no', 'No', 'n', 'false', 'FALSE', '0', 'off', 'nein', 'falsch', 'non', 'faux', ''])(
    'says nothing by %j, which is no consent',
    (cell) => {
      expect(said('email,unsubscribed', `a@b.de,${cell}`)).toEqual([]);
      expect(said('email,unsubscribed,opt-in', `a@b.de,${cell},yes`)).toEqual(['email:yes']);
    },
  );
});

describe('a channel of which a cell is unclear', () => {
  test.each([
    ['consent,opt-in', 'perhaps,yes', 'consent:unclear'],
    ['opt-in,consent', 'yes,perhaps', 'consent:unclear'],
    ['opt-in,consent', 'perhaps,yes', 'consent.email:unclear'],
    ['consent.email,consent', 'perhaps,email', 'consent.email:unclear'],
    ['consent.email,consent,unsubscribed', 'yes,perhaps,no', 'consent:unclear'],
  ])('gets no yes by %s of %s', (header, cells, note) => {
    const row = read(`email,${header}`, `a@b.de,${cells}`);
    expect([row.update.consent, row.notes]).toEqual([[], [note]]);
  });

  test('keeps a no', () => {
    expect(said('email,consent,opt-in', 'a@b.de,no,perhaps')).toEqual(['email:no']);
  });
  test('leaves other channels and topics as they are', () => {
    expect(said('email,opt-in,consent.sms,consent.tips', 'a@b.de,perhaps,yes,yes')).toEqual([
      'sms:yes',
      'tips:yes',
    ]);
    expect(said('email,consent', 'a@b.de,email;elsewhere')).toEqual(['email:yes']);
  });
});
