import { describe, expect, test } from 'vitest';
import { type Contact, emptyContact } from '#model/contact';
import { mergeContacts, mergeEntries } from './merge-contacts.ts';
import { addPoints, noPoints, pointsAt, scoreAt } from './score.ts';

const [monday, tuesday, at] = [
  '2026-03-02T09:00:00.000Z',
  '2026-03-03T09:00:00.000Z',
  '2026-03-04T09:00:00.000Z',
];
const aContact = (id: string, changes: Partial<Contact> = {}): Contact => ({
  ...emptyContact(id, monday),
  ...changes,
});
const yes = (since = monday) => ({ given: true, at: since, source: 'form:news' });
const no = (since = monday) => ({ given: false, at: since, source: 'unsubscribe' });
const merge = (winner: Partial<Contact>, loser: Partial<Contact>): Contact =>
  mergeContacts(aContact('w', winner), aContact('l', loser), at);

describe('what two contacts become', () => {
  test('a channel that one agreed to for a topic goes with the other one’s no to it', () => {
    const agreed = { email: { ...yes(), onlyFor: 'news' }, news: { ...yes(), channel: 'email' } };
    const { consent } = merge({ consent: agreed }, { consent: { news: no(tuesday) } });
    expect([consent.email?.given, consent.news?.given]).toEqual([false, false]);
  });

  test('fields of the one that stays win, the other fills what is missing', () => {
    const { fields } = merge(
      { fields: { firstName: 'Ada', plan: 'pro' } },
      { fields: { firstName: 'A.', company: 'Engines' } },
    );
    expect(fields).toEqual({ firstName: 'Ada', plan: 'pro', company: 'Engines' });
  });

  test('tags, scores and the contacts that ended before are put together', () => {
    const merged = merge(
      { tags: ['a'], score: 3, merged: ['x'] },
      { tags: ['a', 'b'], score: 4, merged: ['y'] },
    );
    expect(merged).toMatchObject({ tags: ['a', 'b'], score: 7, merged: ['x', 'l', 'y'], updatedAt: at });
  });

  test.each([
    ['within one window count against the cap together', '2026-03-03T08:00:00.000Z', 5],
    ['in another window are none of the newer one', '2026-03-02T08:00:00.000Z', 10],
  ])('points that both got %s', (_, from, left) => {
    const rule = { on: { event: 'Seen' }, add: 10, cap: { atMost: 15, per: '1 day' } } as const;
    const scoring = (at: string) => ({
      scoring: addPoints(noPoints(0, at), 'seen', { ...rule, add: 5 }, Date.parse(at)),
    });
    const both = merge(scoring(from), scoring(tuesday)).scoring!;
    const after = addPoints(both, 'seen', rule, Date.parse(tuesday) + 1);
    expect(pointsAt(after.rules.seen!, 0) - pointsAt(both.rules.seen!, 0)).toBe(left);
  });

  test('points of score rules go on fading as they did', () => {
    const rule = (points: number) => ({ halfLifeMs: 86_400_000, given: [{ points, at: monday }] });
    const scoring = (points: number) => ({ asOf: monday, base: 1, rules: { views: rule(points) } });
    const merged = merge({ scoring: scoring(8), score: 9 }, { scoring: scoring(16), score: 17 });
    expect(merged.score).toBe(2 + 24 / 4);
    expect(scoreAt(merged.scoring!, Date.parse('2026-03-05T09:00:00.000Z'))).toBe(2 + 24 / 8);
  });

  test('the stage of the one that stays wins', () => {
    expect(merge({ stage: 'customer' }, { stage: 'lead' }).stage).toBe('customer');
    expect(merge({}, { stage: 'lead' }).stage).toBe('lead');
  });
});

describe('consent of two contacts', () => {
  const [ada, bob] = [{ email: 'ada@a.example' }, { email: 'bob@b.example' }];
  test.each([
    ['a no of either is a no', { email: yes() }, { email: no() }, { email: no() }],
    ['whoever said it, and also before the yes', { email: no() }, { email: yes(tuesday) }, { email: no() }],
    ['a no of the other alone counts', {}, { email: no() }, { email: no() }],
    ['a yes to another address is none', {}, { email: yes() }, {}],
    [
      'what waits for its click outweighs a yes',
      { email: yes() },
      { email: { ...no(), pending: 'consent' } },
      { email: { ...no(), pending: 'consent' } },
    ],
  ] satisfies [string, Contact['consent'], Contact['consent'], Contact['consent']][])(
    '%s',
    (_, mine, theirs, both) => {
      expect(merge({ fields: ada, consent: mine }, { fields: bob, consent: theirs }).consent).toEqual(both);
    },
  );

  test('a yes comes along with the address it was said for', () => {
    expect(merge({}, { fields: bob, consent: { email: yes() } })).toMatchObject({
      fields: bob,
      consent: { email: yes() },
    });
  });

  test('a yes of one without an address is none for the address of the other', () => {
    const { fields, consent } = merge({ consent: { email: yes(), sms: no() } }, { fields: bob });
    expect([fields, consent]).toEqual([bob, { sms: no() }]);
  });

  test('what is suppressed for the person stays so, a bounce only with its address', () => {
    const bounced = { email: { reason: 'hard-bounce' as const, at: monday } };
    const complained = { email: { reason: 'complaint' as const, at: monday } };
    const merged = (suppressed: Contact['suppressed']) =>
      merge({ fields: ada }, { fields: bob, suppressed }).suppressed;
    expect(merged(bounced)).toEqual({});
    expect(merged(complained)).toEqual(complained);
    expect(merge({}, { fields: bob, suppressed: bounced }).suppressed).toEqual(bounced);
  });
});

describe('entries into one journey', () => {
  const entry = (lastStartedAt: string, activeRun?: string) => ({
    ...{ lastStartedAt, lastRun: `r-${lastStartedAt}`, count: 1 },
    ...(activeRun ? { activeRun } : {}),
  });
  test('count together, and the run that goes on goes on', () => {
    expect(mergeEntries(entry(tuesday), entry(monday, 'r'))).toMatchObject({ activeRun: 'r', count: 2 });
    expect(mergeEntries(entry(monday), entry(tuesday))).toMatchObject({ lastStartedAt: tuesday, count: 2 });
    expect(mergeEntries(undefined, entry(monday))).toMatchObject({ count: 1 });
  });
  test('with two runs that go on are not one yet', () => {
    expect(mergeEntries(entry(monday, 'a'), entry(monday, 'b'))).toBeUndefined();
  });
});
