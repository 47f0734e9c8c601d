import { expect, describe as group, it } from 'vitest';
import { describe, describeTrigger } from './describe.ts';
import { needs } from './needs.ts';

group('describe', () => {
  it.each([
    [{ contact: 'companySize', atLeast: 50 }, 'companySize is at least 50'],
    [{ contact: 'age', above: 18, below: 65 }, 'age is above 18 and is below 65'],
    [{ contact: 'plan', in: ['a', 'b', 'c'] }, 'plan is "a", "b" or "c"'],
    [{ contact: 'phone', exists: false }, 'phone is not known'],
    [{ trigger: 'properties.total', above: 5 }, 'trigger.properties.total is above 5'],
    [
      { did: 'Order Completed', times: { atLeast: 2 }, inLast: '30 days' },
      'did "Order Completed" at least 2 times in the last 30 days',
    ],
    [
      { did: 'Bought', where: { trigger: 'properties.total', above: 5 } },
      'did "Bought" where trigger.properties.total is above 5',
    ],
    [{ message: 'welcome', was: 'clicked' as const }, 'message "welcome" was clicked'],
    [
      { all: [{ tag: 'a' }, { any: [{ tag: 'b' }, { stage: 'c' }] }] },
      'has the tag "a" and (has the tag "b" or is in the stage "c")',
    ],
    [{ not: { segment: 'dormant' } }, 'not is in the segment "dormant"'],
    [{ score: { atLeast: 10 } }, 'score is at least 10'],
    [{ consent: 'email' }, 'has consented to email'],
  ])('%j', (condition, words) => expect(describe(condition)).toBe(words));
});

group('describeTrigger', () => {
  it.each([
    [{ form: 'demo' }, 'form "demo" is posted'],
    [{ segment: 'dormant', when: 'enters' as const }, 'contact enters segment "dormant"'],
    [
      { date: 'contact.renewalDate', offset: '-30 days', at: '09:00' },
      '30 days before contact.renewalDate at 09:00',
    ],
    [{ date: 'contact.birthday', offset: '+2 days' }, '2 days after contact.birthday'],
    [{ date: 'contact.birthday' }, 'contact.birthday'],
    [{ manual: true as const }, 'contact is put in by hand'],
    [{ message: 'a', was: 'clicked' as const }, 'message "a" was clicked'],
  ])('%j', (trigger, words) => expect(describeTrigger(trigger)).toBe(words));
});

group('needs', () => {
  it('lists what must be loaded, also for conditions in conditions', () => {
    const found = needs(
      {
        all: [
          { contact: 'address.city', is: 'x' },
          { not: { segment: 's' } },
          { any: [{ consent: 'email' }] },
        ],
      },
      { did: 'Bought', inLast: '1 day', where: { trigger: 'properties.a', is: 1 } },
      { any: [{ message: 'm', was: 'opened' }, { tag: 't' }, { results: 'r', exists: true }] },
      undefined,
    );
    expect(found).toEqual({
      fields: new Set(['address', 'tags']),
      events: new Map([['Bought', 86_400_000]]),
      segments: new Set(['s']),
      consents: new Set(['email']),
      messages: [{ step: 'm', was: 'opened' }],
      trigger: true,
      results: true,
    });
  });
  it('asks for the longest time of an event that is counted twice', () => {
    const found = needs(
      { did: 'Bought', inLast: '1 day' },
      { did: 'Bought' },
      { did: 'Bought', inLast: '2 days' },
    );
    expect(found.events.get('Bought')).toBe(Number.POSITIVE_INFINITY);
  });
});
