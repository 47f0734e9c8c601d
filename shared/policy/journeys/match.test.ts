import { describe, expect, it } from 'vitest';
import type { ContactEvent, MessageFact } from '#model/event';
import { noChange } from '../contacts/contact-change.ts';
import { isHeard, type Trigger } from './match.ts';

const event = (members: Partial<ContactEvent>): ContactEvent => ({
  ...{
    id: 'e',
    contact: 'c',
    type: 'track',
    name: 'Order Completed',
    at: '',
    happenedAt: '',
    properties: {},
  },
  ...{ depth: 0, state: 'accepted' },
  ...members,
});
const heard = (on: Trigger, members: Partial<ContactEvent>, change = {}) =>
  isHeard(on, { event: event(members), change: { ...noChange('e'), ...change }, journey: 'j', run: 'r' });
const message = (was: MessageFact['was'], more: Partial<MessageFact> = {}): Partial<ContactEvent> => ({
  type: 'message',
  message: { sendId: 's', run: 'r', journey: 'j', step: 'mail', channel: 'email', was, ...more },
});

describe('a trigger', () => {
  it.each<[string, Trigger, Partial<ContactEvent>, object?]>([
    ['an event', { event: 'Order Completed' }, {}],
    ['a page', { event: 'Page Viewed' }, { type: 'page', name: 'Page Viewed' }],
    ['a form', { form: 'demo' }, { type: 'form', name: 'demo' }],
    ['a hand', { manual: true }, { type: 'manual', name: 'j' }],
    ['a tag that was given', { tag: 'vip' }, {}, { tagsAdded: ['vip'] }],
    ['a segment that was entered', { segment: 's', when: 'enters' }, {}, { segmentsEntered: ['s'] }],
    ['a segment that was left', { segment: 's', when: 'leaves' }, {}, { segmentsLeft: ['s'] }],
    ['a click', { message: 'mail', was: 'clicked' }, message('clicked')],
    ['an opening, proven by a click', { message: 'mail', was: 'opened' }, message('clicked')],
    ['a delivery, proven by an opening', { message: 'mail', was: 'delivered' }, message('opened')],
    [
      'a delivery, proven by a machine',
      { message: 'mail', was: 'delivered' },
      message('opened', { machine: true }),
    ],
    [
      'a click on that link',
      { message: 'mail', was: 'clicked', link: 'https://x/' },
      message('clicked', { link: 'https://x/' }),
    ],
  ])('hears %s', (_name, on, members, change) => {
    expect(heard(on, members, change)).toBe(true);
  });

  it.each<[string, Trigger, Partial<ContactEvent>, object?]>([
    ['another event', { event: 'Order Cancelled' }, {}],
    ['a form of that name as an event', { event: 'demo' }, { type: 'form', name: 'demo' }],
    [
      'our own events by their names',
      { event: 'Contact Changed' },
      { type: 'change', name: 'Contact Changed' },
    ],
    ['a hand into another journey', { manual: true }, { type: 'manual', name: 'k' }],
    ['a tag that was there before', { tag: 'vip' }, {}, { tagsAdded: ['other'] }],
    ['leaving where entering is meant', { segment: 's', when: 'enters' }, {}, { segmentsLeft: ['s'] }],
    ['a machine that opens', { message: 'mail', was: 'opened' }, message('opened', { machine: true })],
    ['a machine that clicks', { message: 'mail', was: 'clicked' }, message('clicked', { machine: true })],
    ['an opening where a click is meant', { message: 'mail', was: 'clicked' }, message('opened')],
    [
      'a click on another link',
      { message: 'mail', was: 'clicked', link: 'https://x/' },
      message('clicked', { link: 'https://y/' }),
    ],
    ['a message of another step', { message: 'other', was: 'clicked' }, message('clicked')],
    ['a message of another run', { message: 'mail', was: 'clicked' }, message('clicked', { run: 'q' })],
    ['a date', { date: 'contact.renewalDate' }, {}],
  ])('does not hear %s', (_name, on, members, change) => {
    expect(heard(on, members, change)).toBe(false);
  });
});
