import { describe, expect, test } from 'vitest';
import { readBatch } from './batch.ts';
import type { CallType } from './calls.ts';
import { correctTime, eventOfCall } from './event-of-call.ts';

const now = Date.parse('2026-03-01T08:00:00.000Z');
const read = (type: CallType, value: unknown, sentAt?: string) =>
  eventOfCall(type, value, { now, country: 'DE', sentAt });
const good = (type: CallType, value: unknown) => {
  const result = read(type, value);
  if ('refused' in result) throw new Error(JSON.stringify(result.refused));
  return result;
};
const codes = (type: CallType, value: unknown) => {
  const result = read(type, value);
  return 'refused' in result ? result.refused.map(({ code, path }) => `${code} ${path}`) : [];
};

describe('calls become events', () => {
  test('track', () => {
    const { identities, draft } = good('track', {
      userId: 'u-1',
      anonymousId: 'a-1',
      event: ' Order Completed ',
      properties: { revenue: 12.5 },
      messageId: 'm-1',
    });
    expect(identities).toEqual([
      { kind: 'userId', value: 'u-1' },
      { kind: 'anonymousId', value: 'a-1' },
    ]);
    expect(draft).toEqual({
      id: 'm-1',
      type: 'track',
      name: 'Order Completed',
      at: '2026-03-01T08:00:00.000Z',
      happenedAt: '2026-03-01T08:00:00.000Z',
      properties: { revenue: 12.5 },
      depth: 0,
      state: 'accepted',
    });
  });

  test('identify: addresses lead to the contact too, in one writing', () => {
    const { identities, draft } = good('identify', {
      userId: 7,
      traits: { email: 'Ada@Example.com', phone: '0151 12345678', plan: 'pro' },
      context: { timezone: 'Europe/Berlin', locale: 'de_DE' },
    });
    expect(identities).toEqual([
      { kind: 'userId', value: '7' },
      { kind: 'email', value: 'ada@example.com' },
      { kind: 'phone', value: '+4915112345678' },
    ]);
    expect(draft.traits).toEqual({
      timezone: 'Europe/Berlin',
      language: 'de-DE',
      email: 'Ada@Example.com',
      phone: '+4915112345678',
      plan: 'pro',
    });
  });

  test('identify: an address that is none refuses nothing else', () => {
    expect(good('identify', { userId: 'u', traits: { email: 'nobody' } }).identities).toHaveLength(1);
  });

  test('page, screen, group and alias', () => {
    expect(
      good('page', { anonymousId: 'a', name: 'Pricing', category: 'Docs', properties: { url: '/p' } }).draft,
    ).toMatchObject({
      name: 'Page Viewed',
      properties: { url: '/p', name: 'Pricing', category: 'Docs' },
    });
    expect(good('screen', { anonymousId: 'a', name: null }).draft).toMatchObject({
      name: 'Screen Viewed',
      properties: {},
    });
    expect(good('group', { userId: 'u', groupId: 'g-1', traits: { plan: 'big' } }).draft).toMatchObject({
      properties: { plan: 'big', groupId: 'g-1' },
      traits: { groupId: 'g-1' },
    });
    expect(good('alias', { userId: 'u', previousId: 'a-1' }).identities).toEqual([
      { kind: 'userId', value: 'u' },
      { kind: 'anonymousId', value: 'a-1' },
    ]);
  });

  test('what the libraries send beside it is no obstacle', () => {
    const call = {
      userId: 'u',
      anonymousId: null,
      event: 'E',
      properties: null,
      integrations: { All: true },
      channel: 'server',
      _metadata: {},
    };
    expect(good('track', call).identities).toEqual([{ kind: 'userId', value: 'u' }]);
  });

  test('without messageId, an event with its time has the same id when it is sent again', () => {
    const idOf = (call: object) => good('track', { userId: 'u', event: 'E', ...call }).draft.id;
    const timestamp = '2026-03-01T07:00:00Z';
    expect(idOf({ timestamp, sentAt: '2026-03-01T07:59:00Z' })).toBe(idOf({ timestamp }));
    expect(idOf({ timestamp, event: 'F' })).not.toBe(idOf({ timestamp }));
    expect(idOf({})).not.toBe(idOf({}));
  });
});

describe('refuses', () => {
  test.each<[string, CallType, unknown, string[]]>([
    ['no identity', 'track', { event: 'E' }, ['no-identity ']],
    ['an empty id', 'track', { event: 'E', userId: '' }, ['empty-id /userId']],
    ...['null', 'undefined', '0', 'NaN', 'None', 'anonymous'].map(
      (userId): [string, CallType, unknown, string[]] => [
        `the id ${userId}`,
        'track',
        { event: 'E', userId, anonymousId: 'a' },
        ['illegal-id /userId'],
      ],
    ),
    ['the number 0 as id', 'track', { event: 'E', userId: 0 }, ['illegal-id /userId']],
    ['an object as id', 'track', { event: 'E', userId: { $gt: '' } }, ['invalid-event /userId']],
    ['an illegal previous id', 'alias', { userId: 'u', previousId: 'null' }, ['illegal-id /previousId']],
    ['an alias of nobody', 'alias', { anonymousId: 'a', previousId: 'b' }, ['no-identity /userId']],
    ['a group without id', 'group', { userId: 'u' }, ['invalid-event /groupId']],
    ['no name', 'track', { userId: 'u' }, ['invalid-event /event']],
    ['an empty name', 'track', { userId: 'u', event: '  ' }, ['invalid-event /event']],
    ['a name of two lines', 'track', { userId: 'u', event: 'a\nb' }, ['invalid-event /event']],
    ['a name of 201 characters', 'track', { userId: 'u', event: 'x'.repeat(201) }, ['invalid-event /event']],
    ['a name that is ours', 'track', { userId: 'u', event: 'Wayleaf Event' }, ['reserved-name /event']],
    ['a name of other systems', 'track', { userId: 'u', event: '$identify' }, ['reserved-name /event']],
    ['a name of prototypes', 'track', { userId: 'u', event: '__proto__' }, ['reserved-name /event']],
    [
      'properties that are a list',
      'track',
      { userId: 'u', event: 'E', properties: [1] },
      ['invalid-event /properties'],
    ],
    [
      'a time in words',
      'track',
      { userId: 'u', event: 'E', timestamp: 'yesterday' },
      ['invalid-event /timestamp'],
    ],
    [
      'a messageId with spaces',
      'track',
      { userId: 'u', event: 'E', messageId: 'a b' },
      ['invalid-event /messageId'],
    ],
    [
      'a number that is not kept exactly',
      'track',
      { userId: 'u', event: 'E', properties: { n: 2 ** 60 } },
      ['number-out-of-range '],
    ],
    [
      'a number next to nothing',
      'track',
      { userId: 'u', event: 'E', properties: { n: 1e-300 } },
      ['number-out-of-range '],
    ],
    ['a member without name', 'identify', { userId: 'u', traits: { '': 1 } }, ['empty-name ']],
    [
      '25 levels of properties',
      'track',
      { userId: 'u', event: 'E', properties: { a: JSON.parse(`${'['.repeat(25)}${']'.repeat(25)}`) } },
      ['too-deep '],
    ],
    [
      'several things at once, all told',
      'track',
      { userId: [], event: 7 },
      ['invalid-event /userId', 'invalid-event /event'],
    ],
  ])('%s', (_, type, value, expected) => {
    expect(codes(type, value)).toEqual(expected);
  });
});

describe('time', () => {
  const at = (iso: string) => Date.parse(iso);
  test('a wrong clock of the sender is corrected by when it sent', () => {
    const call = { timestamp: '2031-01-01T00:00:00Z', sentAt: '2031-01-01T00:00:30Z' };
    expect(correctTime(call, now)).toBe(now - 30_000);
  });
  test('nothing happens later than now', () => {
    expect(correctTime({ timestamp: '2030-01-01T00:00:00Z' }, now)).toBe(now);
    expect(correctTime({ timestamp: '2026-01-02T00:00:00Z', sentAt: '2026-01-01T00:00:00Z' }, now)).toBe(now);
  });
  test('what happened long ago stays there', () => {
    expect(correctTime({ timestamp: '2020-01-01T00:00:00Z' }, now)).toBe(at('2020-01-01T00:00:00Z'));
  });
  test('the batch says when it was sent where its events do not', () => {
    const { events } = readBatch(
      {
        sentAt: '2026-03-01T09:00:00Z',
        batch: [{ type: 'track', userId: 'u', event: 'E', timestamp: '2026-03-01T08:59:00Z' }],
      },
      { now, maxEventBytes: 32_768 },
    );
    expect(events[0]?.draft.happenedAt).toBe('2026-03-01T07:59:00.000Z');
  });
});

describe('a batch', () => {
  const batch = (items: unknown[]) => readBatch({ batch: items }, { now, maxEventBytes: 32_768 });
  test('keeps the good ones and tells the bad ones by their place', () => {
    const { events, rejected } = batch([
      { type: 'track', userId: 'u', event: 'Good' },
      { type: 'track', userId: 'null', event: 'Bad' },
      'nonsense',
      null,
      { type: 'toString', userId: 'u' },
      { type: 'track', userId: 'u', event: 'Big', properties: { text: 'x'.repeat(33_000) } },
      { type: 'identify', userId: 'u' },
    ]);
    expect(events.map(({ draft }) => draft.name)).toEqual(['Good', 'Identified']);
    expect(rejected.map(({ index, code }) => `${index} ${code}`)).toEqual([
      '1 illegal-id',
      '2 invalid-event',
      '3 invalid-event',
      '4 unknown-type',
      '5 too-large',
    ]);
  });
  test.each([[undefined], [{}], ['x']])('refuses %j in place of a list', (items) => {
    expect(() => readBatch({ batch: items }, { now, maxEventBytes: 1 })).toThrow('"batch" is a list');
  });
  test('refuses more than 2,500 events', () => {
    expect(() => batch(Array.from({ length: 2501 }, () => ({})))).toThrow('at most 2500');
  });
});
