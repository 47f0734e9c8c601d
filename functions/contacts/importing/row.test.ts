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

describe('a heading that speaks of leaving', () => {
  test.each([
    ...[
      'unsubscribed_at',
      'Unsubscribed On',
      'UNSUB_TIME',
      'unsubscribe date',
      'Unsubscribed from all email',
    ],
    ...['abgemeldet', 'Abgemeldet am', 'Abmeldedatum', 'désinscrit', 'date_desinscription', 'désabonné le'],
    ...[
      'HasOptedOutOfEmail',
      'Email Opt Out',
      'opted_out_at',
      'email_optout',
      'Do not email',
      'is_unsubscribed',
    ],
    ...['Widerrufen am', 'consent withdrawn', 'newsletter abbestellt', 'marketing opt-out'],
  ])('such as %j is a column of noes to mail', (heading) => {
    expect(said(`email,${heading}`, 'a@b.de,2024-05-01')).toEqual(['email:no']);
    expect(said(`email,${heading}`, 'a@b.de,')).toEqual([]);
  });

  test.each(['sms_opt_out', 'SMS unsubscribed at', 'opted out of sms'])(
    'and of texts, such as %j',
    (heading) => {
      expect(said(`email,phone,${heading}`, 'a@b.de,+4915112345678,2024-05-01')).toEqual(['sms:no']);
    },
  );

  test.each([
    ...[
      'unsubscribe_reason',
      'unsubscribe link',
      'Abmeldegrund',
      'email blacklist',
      'opt-out status',
      'suppression',
    ],
  ])('but may mean something else, such as %j, is refused with what to say', (heading) => {
    const header = () => readHeader(['email', heading], new Map(), settings);
    expect(header).toThrow(
      expect.objectContaining({
        issues: [
          expect.objectContaining({
            ...{ code: 'unclear-opt-out', path: '/header/1' },
            hint: `say map=${heading}=unsubscribed, map=${heading}=a field of yours, or map=${heading}= to leave it out`,
          }),
        ],
      }),
    );
    for (const [to, becomes] of [
      ['unsubscribed', { to: 'consent', channel: 'email', inverse: true }],
      ['unsubscribeReason', { to: 'field', name: 'unsubscribeReason' }],
      ['', { to: 'nothing' }],
    ] as const)
      expect(readHeader(['email', heading], new Map([[heading, to]]), settings)[1]?.target).toEqual(becomes);
  });

  test('is a field where the client has one of that name', () => {
    const named = { fields: { unsubscribeReason: { type: 'text' as const, label: 'Abmeldegrund' } } };
    expect(readHeader(['email', 'Abmeldegrund'], new Map(), named)[1]?.target).toMatchObject({
      ...{ to: 'field', name: 'unsubscribeReason' },
    });
  });
});

describe('a list of consents', () => {
  test.each(['email;no', 'no;email', 'email, nein', 'tips|email|withdrawn', 'email;unsubscribed'])(
    'with a no in it, such as %j, says yes to nothing',
    (cell) => {
      const row = readRow(['a@b.de', cell, 'yes'], {
        ...{ columns: readHeader(['email', 'consent', 'opt-in'], new Map(), settings), tags: [] },
        ...{ decimal: '.', origin: 'import', consentKeys: ['email', 'sms', 'push', 'tips'] },
      });
      expect(row).toMatchObject({ row: { update: { consent: [] }, notes: ['consent:unclear'] } });
    },
  );

  test.each([
    ['email:no', ['email:no']],
    ['email=yes; sms=no', ['email:yes', 'sms:no']],
    ['tips: withdrawn|email: ja', ['tips:no', 'email:yes']],
    ['email:perhaps;sms:yes', ['sms:yes']],
  ])('may answer for each, as in %j', (cell, words) => {
    expect(said('email,consent', `a@b.de,${cell}`)).toEqual(words);
  });
});
