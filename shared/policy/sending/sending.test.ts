import { describe, expect, it } from 'vitest';
import { emptyContact } from '#model/contact';
import { decideSend, type SendQuestion } from './sending.ts';

const noon = Date.parse('2026-03-02T12:00:00Z');
const hour = 3_600_000;
const given = { given: true, at: '', source: 'test' };
const ask = (members: Partial<SendQuestion> = {}, contact = {}) =>
  decideSend({
    contact: {
      ...emptyContact('c', ''),
      fields: { email: 'a@example.com', phone: '+4915112345678' },
      consent: { email: given },
      ...contact,
    },
    ...{
      channel: 'email',
      class: 'marketing',
      now: noon,
      reachedAt: noon,
      zone: 'Europe/Berlin',
      sentBefore: [],
    },
    ...members,
  });
const suppressed = (reason: string) => ({ suppressed: { email: { reason, at: '' } } });

describe('the decision to send', () => {
  it('sends what is welcome', () => {
    expect(ask()).toEqual({ kind: 'send' });
  });

  it.each([
    ['no-address', {}, { fields: {} }],
    ['no-address', {}, { fields: { email: '' } }],
    ['no-consent', {}, { consent: {} }],
    ['no-consent', {}, { consent: { email: { ...given, given: false } } }],
    ['no-consent', { channel: 'sms' }, {}],
    ['no-consent', { topic: 'news' }, { consent: { email: given, news: { ...given, given: false } } }],
    ['suppressed', {}, suppressed('unsubscribe')],
    ['suppressed', { class: 'transactional' }, suppressed('hard-bounce')],
    ['stale', { reachedAt: noon - 25 * hour }, {}],
    ['stale', { reachedAt: noon - 2 * hour, freshForMs: hour }, {}],
    ['cap', { cap: { atMost: 2, perMs: 24 * hour }, sentBefore: [noon - hour, noon - 2 * hour] }, {}],
  ] as const)('skips for the reason %s: %o %o', (reason, members, contact) => {
    expect(ask(members as Partial<SendQuestion>, contact)).toEqual({ kind: 'skip', reason });
  });

  it.each([
    ['a receipt without consent', { class: 'transactional' }, { consent: {} }],
    ['a receipt to who unsubscribed from advertising', { class: 'transactional' }, suppressed('unsubscribe')],
    ['a receipt, however late', { class: 'transactional', reachedAt: noon - 999 * hour }, {}],
    ['a topic that the contact never spoke of', { topic: 'news' }, {}],
    ['what a cap no longer counts', { cap: { atMost: 1, perMs: hour }, sentBefore: [noon - hour] }, {}],
    ['an old message whose author gave it time', { reachedAt: noon - 48 * hour, freshForMs: 72 * hour }, {}],
  ] as const)('sends %s', (_name, members, contact) => {
    expect(ask(members as Partial<SendQuestion>, contact)).toEqual({ kind: 'send' });
  });
});

describe('quiet hours', () => {
  const lunch = { from: '12:00', to: '14:30' } as const;
  const quietHours = [lunch];

  it('hold until they are over', () => {
    expect(ask({ quietHours })).toEqual({ kind: 'hold', until: noon + 1.5 * hour, reason: 'quiet-hours' });
  });

  it('skip where they say so', () => {
    // biome-ignore lint/suspicious/noThenProperty: the word of the journey language
    expect(ask({ quietHours: [{ ...lunch, then: 'skip' }] })).toEqual({
      kind: 'skip',
      reason: 'quiet-hours',
    });
  });

  it('do not hold what would be stale when they are over', () => {
    expect(ask({ quietHours, freshForMs: hour })).toEqual({ kind: 'skip', reason: 'stale' });
  });

  it('do not hold what nobody may send anyway', () => {
    expect(ask({ quietHours }, { consent: {} })).toEqual({ kind: 'skip', reason: 'no-consent' });
  });
});
