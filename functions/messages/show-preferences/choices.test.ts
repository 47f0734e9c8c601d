import { describe, expect, it } from 'vitest';
import type { FormValues } from '#http/form-body';
import { type Contact, emptyContact } from '#model/contact';
import { aClient } from '#test/builders/message-order';
import { choicesOf, shownBy, shownField, wordsOf } from './choices.ts';

const client = { ...aClient(), topics: { news: { name: 'News' }, offers: { name: 'Offers' } } };
const contact = (changes: Partial<Contact> = {}): Contact => ({
  ...emptyContact('c'.repeat(20), ''),
  fields: { email: 'ada@example.com', phone: '+4915112345678' },
  ...changes,
});
const yes = { given: true, at: '', source: '' };
const no = { given: false, at: '', source: '' };
const ticked = (...names: string[]): FormValues => new Map(names.map((name) => [name, ['yes']]));
const words = (from: Contact, values: FormValues): string[] =>
  wordsOf(choicesOf(client, from), values).map(
    ({ channel, topic, given }) => `${given ? 'yes' : 'no'} ${topic ?? channel}`,
  );
const said = (from: Contact, ...names: string[]): string[] => words(from, ticked(...names));

describe('the choices of a contact', () => {
  it('are the channels that reach it, with the topics under e-mail', () => {
    expect(choicesOf(client, contact()).map((c) => c.topic ?? c.channel)).toEqual([
      'email',
      'news',
      'offers',
      'sms',
    ]);
    expect(
      choicesOf(client, contact({ fields: { email: 'a@b.example' } })).map((c) => c.channel),
    ).not.toContain('sms');
    expect(choicesOf(client, contact({ fields: {} }))).toEqual([]);
  });

  it('show a suppressed channel as not given', () => {
    const from = contact({
      consent: { email: yes },
      suppressed: { email: { reason: 'unsubscribe', at: '' } },
    });
    expect(choicesOf(client, from)[0]?.given).toBe(false);
  });

  it('offer no channel of which the contact complained: no page gives it back', () => {
    const from = contact({ suppressed: { email: { reason: 'complaint', at: '' } } });
    expect(choicesOf(client, from).map(({ channel }) => channel)).not.toContain('email');
  });
});

describe('what a saved page says', () => {
  it('is nothing when nothing was changed', () => {
    expect(said(contact({ consent: { email: yes } }), 'email', 'email.news', 'email.offers')).toEqual([]);
  });

  it('leaves one topic', () => {
    expect(said(contact({ consent: { email: yes } }), 'email', 'email.news')).toEqual(['no offers']);
  });

  it('takes a topic again', () => {
    const from = contact({ consent: { email: yes, news: no } });
    expect(said(from, 'email', 'email.news', 'email.offers')).toEqual(['yes news']);
  });

  it('leaves a channel for good, whatever its topics say', () => {
    expect(said(contact({ consent: { email: yes } }), 'email.news')).toEqual(['no email']);
    expect(said(contact({ consent: { email: yes, news: no } }), 'email.news')).toEqual(['no email']);
  });

  it('takes a channel again without the topics that are not ticked', () => {
    expect(said(contact({ consent: { email: no } }), 'email', 'email.news')).toEqual([
      'yes email',
      'no offers',
    ]);
  });

  it('leaves all when nothing is ticked', () => {
    expect(said(contact({ consent: { email: yes, sms: yes } }))).toEqual(['no email', 'no sms']);
  });

  it('keeps a topic for the channel that stays', () => {
    const from = contact({ consent: { email: yes, sms: yes, news: no } });
    const [first, ...rest] = wordsOf(choicesOf(client, from), ticked('sms', 'email.news', 'email.offers'));
    expect(first).toMatchObject({ channel: 'sms', topic: 'news', given: true });
    expect(rest).toMatchObject([{ channel: 'email', given: false }]);
  });

  it('is nothing of what the reader did not touch, however old the page is', () => {
    const then = choicesOf(client, contact({ consent: { email: yes } }));
    const values = new Map([...ticked('email', 'email.news'), [shownField, [shownBy(then)]]]);
    const left = contact({
      consent: { email: no },
      suppressed: { email: { reason: 'unsubscribe', at: '' } },
    });
    expect(words(left, values)).toEqual(['no offers']);
    expect(words(contact({ consent: { email: yes } }), values)).toEqual(['no offers']);
  });
});
