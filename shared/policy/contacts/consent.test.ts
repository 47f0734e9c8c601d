import { describe, expect, test } from 'vitest';
import { type Contact, emptyContact, hasConsent } from '#model/contact';
import { type ConsentWord, hearConsent, isUnconfirmed, pendingConsents } from './consent.ts';
import { setField } from './contact-fields.ts';

const at = '2026-03-01T08:00:00.000Z';
const later = '2026-03-02T08:00:00.000Z';
const ada: Contact = { ...emptyContact('c', at), fields: { email: 'ada@example.com' } };
const yes: ConsentWord = { channel: 'email', given: true, source: 'form:news', text: 'Write to me.' };
const asking: ConsentWord = { ...yes, pending: 'address' };
const confirming: ConsentWord = { ...yes, confirms: true };
const asked = (of: Contact = ada, word: Partial<ConsentWord> = {}): Contact =>
  hearConsent(of, { ...asking, ...word }, at);
const blocks = (contact: Contact, kind: 'marketing' | 'transactional', now = later): boolean =>
  isUnconfirmed(contact, { channel: 'email', class: kind, now: Date.parse(now) });

describe('a yes that waits for a click', () => {
  test('is no consent, and is kept with the words that were shown', () => {
    expect(asked().consent.email).toEqual({
      given: false,
      at,
      source: 'form:news',
      text: 'Write to me.',
      pending: 'address',
    });
  });

  test('is one after the click, with both times', () => {
    expect(hearConsent(asked(), confirming, later).consent.email).toEqual({
      given: true,
      at: later,
      askedAt: at,
      source: 'form:news',
      text: 'Write to me.',
    });
  });

  test('about a topic waits for both, and the click gives both', () => {
    const contact = asked(ada, { topic: 'offers' });
    expect(pendingConsents(contact, 'email').map(([key]) => key)).toEqual(['email', 'offers']);
    const confirmed = hearConsent(contact, { ...confirming, topic: 'offers' }, later);
    expect([hasConsent(confirmed, 'email', 'offers'), pendingConsents(confirmed, 'email')]).toEqual([
      true,
      [],
    ]);
  });

  test('is nobody else’s to give meanwhile', () => {
    const told = hearConsent(asked(), { channel: 'email', given: true, source: 'identify' }, later);
    expect(told.consent.email?.given).toBe(false);
  });

  test('takes nothing from whoever agreed before', () => {
    const agreed = hearConsent(ada, yes, at);
    expect(asked(agreed)).toBe(agreed);
  });

  test.each(['complaint', 'hard-bounce'] as const)('asks nobody after a %s', (reason) => {
    const left: Contact = { ...ada, suppressed: { email: { reason, at } } };
    expect(asked(left)).toBe(left);
  });

  test('asks who left, and is still a no', () => {
    const left = hearConsent(ada, { ...yes, given: false, source: 'unsubscribe' }, at);
    expect(asked(left).suppressed).toEqual(left.suppressed);
    expect(asked(left).consent.email).toMatchObject({ given: false, afterNo: { at, source: 'unsubscribe' } });
  });

  test('is over when the contact says no: the click comes too late', () => {
    const left = hearConsent(asked(), { ...yes, given: false, source: 'unsubscribe' }, later);
    expect(hearConsent(left, confirming, later)).toBe(left);
  });

  test('leaves the no as it was when another address ends the question', () => {
    const left = hearConsent(ada, { ...yes, given: false, source: 'unsubscribe' }, at);
    expect(setField(asked(left), 'email', 'other@example.com').consent).toEqual({
      email: { given: false, at, source: 'unsubscribe' },
    });
  });

  test('was about the address that was asked', () => {
    expect(setField(asked(), 'email', 'other@example.com').consent).toEqual({});
  });
});

describe('until then', () => {
  test('nothing goes to an address that only the form knows', () => {
    expect([blocks(asked(), 'marketing'), blocks(asked(), 'transactional')]).toEqual([true, true]);
  });

  test('what a known contact gets anyway goes on', () => {
    const known = asked(ada, { pending: 'consent' });
    expect([blocks(known, 'marketing'), blocks(known, 'transactional')]).toEqual([true, false]);
  });

  test('a click that may come no more is not waited for, and the address stays a stranger’s word', () => {
    const short = asked(ada, { until: '2026-03-09T08:00:00.000Z' });
    const when = (now: string) => [blocks(short, 'marketing', now), blocks(short, 'transactional', now)];
    expect(when('2026-03-09T07:59:59.000Z')).toEqual([true, true]);
    expect(when('2026-03-09T08:00:00.000Z')).toEqual([false, true]);
    expect(hasConsent(short, 'email')).toBe(false);
  });

  test('asking again does not make a stranger’s word known', () => {
    expect(blocks(asked(asked(), { pending: 'consent' }), 'transactional')).toBe(true);
  });
});

describe('a channel agreed to for a topic', () => {
  const say = (contact: Contact, ...words: Partial<ConsentWord>[]): Contact =>
    words.reduce<Contact>((c, word) => hearConsent(c, { ...yes, source: 'api', ...word }, later), contact);
  const news = { topic: 'news' };
  const noNews = { channel: 'news', given: false };
  const open = (contact: Contact): boolean => hasConsent(contact, 'email');

  test('goes with the topic, and says whose no that was', () => {
    const left = say(ada, news, { ...noNews, source: 'identify' });
    expect(left.consent.email).toEqual({ given: false, at: later, source: 'identify' });
  });

  test('stays for another topic, until that goes as well', () => {
    const one = say(ada, news, { topic: 'offers' }, { ...news, given: false });
    expect([open(one), open(say(one, { topic: 'offers', given: false }))]).toEqual([true, false]);
  });

  test.each([
    ['before', [{}, news]],
    ['afterwards', [news, {}]],
  ])('stays where the channel was agreed to by itself %s', (_, words) => {
    expect(open(say(ada, ...words, noNews))).toBe(true);
  });

  test('stays where the reader of the preferences page left it ticked', () => {
    expect(open(say(ada, news, { ...news, given: false, source: 'preferences' }))).toBe(true);
  });

  test('is neither opened nor freed of a complaint by a topic said alone', () => {
    const offers = { channel: 'offers' };
    const complained = say(ada, {}, { given: false, source: 'complaint' }, offers);
    expect([open(say(ada, offers)), complained.suppressed.email?.reason]).toEqual([false, 'complaint']);
  });

  test('is kept through the click of a double opt-in', () => {
    const confirmed = hearConsent(asked(ada, news), { ...confirming, ...news }, later);
    expect([open(confirmed), open(say(confirmed, noNews))]).toEqual([true, false]);
  });
});
