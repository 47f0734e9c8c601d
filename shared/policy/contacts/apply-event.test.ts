import { describe, expect, test } from 'vitest';
import { type Contact, emptyContact, hasConsent } from '#model/contact';
import type { ContactEvent } from '#model/event';
import { applyEvent, mayChange, newAddresses } from './apply-event.ts';
import { fieldLimits } from './contact-fields.ts';
import { updateContact } from './update-contact.ts';

const at = '2026-03-01T08:00:00.000Z';
const later = '2026-03-02T08:00:00.000Z';
const ada: Contact = { ...emptyContact('c1', at), fields: { email: 'ada@example.com' } };

const anEvent = (more: Partial<ContactEvent> = {}): ContactEvent => ({
  id: 'e1',
  contact: 'c1',
  type: 'identify',
  name: 'Identified',
  at: later,
  happenedAt: later,
  properties: {},
  depth: 0,
  state: 'accepted',
  ...more,
});
const message = (was: 'unsubscribed' | 'complained' | 'opened' | 'bounced', bounce?: 'hard' | 'soft') =>
  anEvent({
    type: 'message',
    message: {
      sendId: 's',
      run: 'r',
      journey: 'j',
      step: 'mail',
      channel: 'email',
      was,
      ...(bounce ? { bounce } : {}),
    },
  });
const agreed = (source = 'form:demo', channel = 'email', topic?: string) =>
  anEvent({ consent: [{ channel, given: true, source, text: 'Yes', ...(topic ? { topic } : {}) }] });
const contactAfter = (...events: ContactEvent[]): Contact =>
  events.reduce((c, e) => applyEvent(c, e).contact, ada);

describe('fields', () => {
  test('traits become fields, and the change names those that differ', () => {
    const { contact, change } = applyEvent(
      ada,
      anEvent({ traits: { email: 'ADA@example.com', plan: 'pro' } }),
    );
    expect(contact.fields).toEqual({ email: 'ada@example.com', plan: 'pro' });
    expect(change.fields).toEqual(['plan']);
    expect(contact.updatedAt).toBe(later);
  });

  test('null takes a field away', () => {
    const { contact } = applyEvent(ada, anEvent({ traits: { plan: 'pro' } }));
    expect(applyEvent(contact, anEvent({ traits: { plan: null } })).contact.fields).toEqual(ada.fields);
  });

  test.each([null, 'mallory@example.com'])(
    'an address stays when the traits say %j, and it is told',
    (email) => {
      const { contact, change } = applyEvent(ada, anEvent({ traits: { email, consent: { email: true } } }));
      expect([contact, change.refusedAddresses]).toEqual([ada, ['email']]);
    },
  );

  test('a form that finds no room says so; a public key fills only its share', () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`f${n}`, 'x'.repeat(150)]));
    const tags = Array.from({ length: 300 }, (_, n) => `t${n}`);
    const stuffed = contactAfter(anEvent({ traits: { ...many, tags } }));
    const form = anEvent({ type: 'form', name: 'demo', traits: { firstName: 'Ada' }, addTags: ['demo'] });
    const { contact, change } = applyEvent(stuffed, form);
    expect([contact.fields.firstName, contact.tags.at(-1), change.noRoom]).toEqual([
      'Ada',
      'demo',
      undefined,
    ]);
    const full = { ...stuffed, tags, fields: { ...stuffed.fields, ...many } };
    expect(applyEvent(full, form).change.noRoom).toEqual(['field firstName', 'tag demo']);
  });

  test('what changes nothing gives the very contact back', () => {
    const same = applyEvent(ada, anEvent({ traits: { email: 'ada@example.com', plan: undefined } }));
    expect(same.contact).toBe(ada);
  });

  test.each([{ email: 'nobody' }, { email: 42 }, { phone: 'call me' }])(
    '%j is no address and stays out',
    (traits) => {
      expect(applyEvent(ada, anEvent({ traits })).contact).toBe(ada);
    },
  );

  test.each(['id', 'rev', 'suppressed', 'updatedAt', '', 'x'.repeat(101)])(
    'the name %j is not a field',
    (name) => {
      expect(applyEvent(ada, anEvent({ traits: { [name]: 'x' } })).contact.fields).toEqual(ada.fields);
    },
  );

  test('traits never grow a contact over its bounds', () => {
    const flood = Array.from({ length: 20 }, (_, i) =>
      anEvent({
        traits: Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`f${i}-${n}`, 'x'.repeat(200)])),
      }),
    );
    const { fields } = contactAfter(...flood);
    expect(Object.keys(fields).length).toBeLessThanOrEqual(fieldLimits.count);
    expect(JSON.stringify(fields).length).toBeLessThanOrEqual(fieldLimits.totalLength);
    expect(fields.email).toBe('ada@example.com');
  });

  test('tags are added, score and stage set', () => {
    const { contact, change } = applyEvent(
      ada,
      anEvent({
        traits: { tags: ['vip', 'vip', 7], score: 12, stage: 'lead' },
        addTags: ['demo'],
        addScore: 5,
      }),
    );
    expect(contact).toMatchObject({ tags: ['vip', 'demo'], score: 17, stage: 'lead' });
    expect(change).toMatchObject({ tagsAdded: ['vip', 'demo'], scoreAdded: 17, stage: { to: 'lead' } });
  });
});

describe('consent', () => {
  test('a form with its consent field gives it, with the words agreed to', () => {
    const contact = contactAfter(agreed());
    expect(hasConsent(contact, 'email')).toBe(true);
    expect(contact.consent.email).toMatchObject({ source: 'form:demo', text: 'Yes', at: later });
  });

  test('identify gives it while the contact has said nothing', () => {
    const { contact, change } = applyEvent(ada, anEvent({ traits: { consent: ['email'] } }));
    expect(hasConsent(contact, 'email')).toBe(true);
    expect(change.consent).toEqual([{ key: 'email', given: true }]);
  });

  test.each([
    ['an unsubscribe', message('unsubscribed')],
    ['a complaint', message('complained')],
    ['a withdrawal by identify', anEvent({ traits: { consent: { email: false } } })],
  ])('after %s, identify cannot give it again', (_, taken) => {
    const contact = contactAfter(
      agreed(),
      taken,
      anEvent({ traits: { consent: ['email'] } }),
      agreed('import'),
    );
    expect(hasConsent(contact, 'email')).toBe(false);
  });

  test('after a complaint an administrator may give it again, and no page, form or list', () => {
    const posts = [
      agreed(),
      agreed('preferences'),
      agreed('import'),
      anEvent({ traits: { consent: ['email'] } }),
    ];
    const contact = contactAfter(agreed(), message('complained'), ...posts);
    expect([contact.consent.email?.given, contact.suppressed.email?.reason]).toEqual([false, 'complaint']);
    const again = applyEvent(contact, agreed('api')).contact;
    expect([hasConsent(again, 'email'), again.suppressed]).toEqual([true, {}]);
  });

  test.each([
    ['an unsubscribe', message('unsubscribed')],
    [
      'a withdrawal by an administrator',
      anEvent({ consent: [{ channel: 'email', given: false, source: 'api' }] }),
    ],
  ])('after %s, a form only asks, however often it is posted', (_, taken) => {
    const contact = contactAfter(agreed(), taken, agreed(), agreed(), agreed());
    expect(hasConsent(contact, 'email')).toBe(false);
    expect(contact.consent.email).toMatchObject({ pending: 'consent', afterNo: { at: later } });
    const click = anEvent({
      consent: [{ channel: 'email', given: true, confirms: true, source: 'form:demo' }],
    });
    const confirmed = applyEvent(contact, click).contact;
    expect([hasConsent(confirmed, 'email'), confirmed.suppressed]).toEqual([true, {}]);
  });

  test('after a no to texts a form gives nothing: no mail can ask a phone', () => {
    const no = anEvent({ consent: [{ channel: 'sms', given: false, source: 'preferences' }] });
    const left = contactAfter(agreed('form:demo', 'sms'), no);
    expect(applyEvent(left, agreed('form:demo', 'sms')).contact.consent).toEqual(left.consent);
  });

  test('a form takes back neither a hard bounce nor STOP', () => {
    const stopped = anEvent({ consent: [{ channel: 'sms', given: false, source: 'stop' }] });
    const contact = contactAfter(message('bounced', 'hard'), stopped, agreed(), agreed('form:demo', 'sms'));
    expect(Object.keys(contact.suppressed).sort()).toEqual(['email', 'sms']);
  });

  test('START takes STOP back', () => {
    const word = (given: boolean, source: string) =>
      anEvent({ consent: [{ channel: 'sms', given, source }] });
    expect(contactAfter(word(false, 'stop'), word(true, 'start')).suppressed).toEqual({});
  });

  test('leaving a topic leaves the channel', () => {
    const left = anEvent({
      consent: [{ channel: 'email', topic: 'news', given: false, source: 'preferences' }],
    });
    const contact = contactAfter(agreed(), left);
    expect([hasConsent(contact, 'email'), hasConsent(contact, 'email', 'news')]).toEqual([true, false]);
    expect(contact.suppressed).toEqual({});
  });

  test('agreeing to a topic on a form agrees to its channel', () => {
    expect(hasConsent(contactAfter(agreed('form:news', 'email', 'news')), 'email', 'news')).toBe(true);
  });

  test.each(['constructor', '__proto__', 'Not A Key', '', 'k0', 'tostring'])(
    '%j is no channel and no topic of the client',
    (key) => {
      const said = anEvent({ traits: { consent: [key] } });
      expect(applyEvent(ada, said, {}, { topics: ['news'] }).contact).toBe(ada);
    },
  );

  test('a topic that came with an address which was refused is not heard', () => {
    const conflicts = [{ kind: 'email' as const, value: 'eve@example.com' }];
    const said = (more: object) => anEvent({ traits: { consent: ['news'] }, ...more });
    const heard = (more: object) => applyEvent(ada, said(more), {}, { topics: ['news'] }).contact.consent;
    expect([Object.keys(heard({})), heard({ conflicts })]).toEqual([['news'], {}]);
  });

  test('a no is heard, however much was said before', () => {
    const consent = Object.fromEntries(
      Array.from({ length: 120 }, (_, i) => [`k${i}`, { given: true, at, source: 'identify' }]),
    );
    const no = anEvent({ consent: [{ channel: 'sms', given: false, source: 'stop' }] });
    expect(applyEvent({ ...ada, consent }, no).contact.suppressed.sms?.reason).toBe('stop');
  });

  test('a word of identify keeps the site on which it was said', () => {
    const said = anEvent({ traits: { consent: { email: true } }, origin: 'https://www.acme.example' });
    expect(applyEvent(ada, said).contact.consent.email).toMatchObject({
      ...{ at: later, source: 'identify', origin: 'https://www.acme.example' },
    });
  });
});

describe('suppression', () => {
  test('a hard bounce suppresses, a soft one does not', () => {
    expect(contactAfter(message('bounced', 'hard')).suppressed.email).toEqual({
      reason: 'hard-bounce',
      at: later,
    });
    expect(applyEvent(ada, message('bounced', 'soft')).contact).toBe(ada);
  });

  test('the strictest reason stays, in whatever order they come', () => {
    const [bounce, complaint, leave] = [
      message('bounced', 'hard'),
      message('complained'),
      message('unsubscribed'),
    ];
    expect(contactAfter(bounce, complaint, leave).suppressed.email?.reason).toBe('hard-bounce');
    expect(contactAfter(leave, complaint, bounce).suppressed.email?.reason).toBe('hard-bounce');
    expect(contactAfter(leave, complaint).suppressed.email?.reason).toBe('complaint');
  });

  test('a new address ends a bounce but no complaint', () => {
    const move = (contact: Contact) =>
      updateContact(contact, { set: { email: 'new@example.com' } }, { by: 'api', at: later }).contact;
    expect(move(contactAfter(message('bounced', 'hard'))).suppressed).toEqual({});
    expect(move(contactAfter(message('complained'))).suppressed.email?.reason).toBe('complaint');
  });

  test('what is known against a new address counts at once, and the own word in the same event only asks', () => {
    const nobody = emptyContact('c1', at);
    const known = { email: { reason: 'unsubscribe', at } } as const;
    const found = anEvent({ traits: { email: 'new@example.com' } });
    expect(applyEvent(nobody, found, known).contact.suppressed).toEqual(known);
    const agreedToo = { ...found, consent: agreed().consent! };
    const { suppressed, consent } = applyEvent(nobody, agreedToo, known).contact;
    expect([suppressed, consent.email?.pending]).toEqual([known, 'address']);
  });

  test('and nobody else can give consent over it', () => {
    const moved = anEvent({ traits: { email: 'new@example.com', consent: ['email'] } });
    const { contact } = applyEvent({ ...ada, fields: {} }, moved, { email: { reason: 'unsubscribe', at } });
    expect(hasConsent(contact, 'email')).toBe(false);
  });

  test('only addresses that differ are asked about', () => {
    expect(newAddresses(ada, { email: 'Ada@Example.com', phone: '+49 151 12345678' })).toEqual([
      { channel: 'sms', address: '+4915112345678' },
    ]);
  });
});

test('most events change nothing, and are known not to', () => {
  expect(mayChange(anEvent({ type: 'track' }))).toBe(false);
  expect(mayChange(message('opened'))).toBe(false);
  expect(mayChange(message('bounced', 'soft'))).toBe(false);
  expect(mayChange(message('bounced', 'hard'))).toBe(true);
  expect(mayChange(message('unsubscribed'))).toBe(true);
  expect(mayChange(anEvent({ addScore: 1 }))).toBe(true);
});
