import { expect, test } from 'vitest';
import { noChange } from '#policy/contacts/contact-change';
import type { HistoryItem } from '#store/contacts/events';
import { describeHistory } from './timeline.ts';

const at = '2026-03-01T09:00:00.000Z';
const place = { contact: 'c', run: 'c-run', journey: 'welcome', version: 2, step: 'hello', visit: 1, at };
const event = {
  kind: 'event',
  id: 'e',
  contact: 'c',
  at,
  happenedAt: at,
  properties: {},
  depth: 0,
  state: 'heard',
} as const;
const fact = { sendId: 's', run: 'c-run', journey: 'welcome', step: 'hello', channel: 'email' } as const;

test.each<[string, HistoryItem]>([
  ['Order Completed', { ...event, type: 'track', name: 'Order Completed' }],
  ['Form demo sent', { ...event, type: 'form', name: 'demo' }],
  ['Page Viewed "Pricing"', { ...event, type: 'page', name: 'Page Viewed', properties: { name: 'Pricing' } }],
  [
    '30 days before contact.renewal at 09:00 has come',
    { ...event, type: 'date', name: 'contact.renewal', properties: { offset: '-30 days', at: '09:00' } },
  ],
  [
    'Contact changed by time: segment +dormant, segment -active',
    {
      ...event,
      type: 'change',
      name: '',
      change: { ...noChange('time'), segmentsEntered: ['dormant'], segmentsLeft: ['active'] },
    },
  ],
  ['Time passed', { ...event, type: 'change', name: '', change: noChange('time') }],
  ['Enrolled in welcome by hand', { ...event, type: 'manual', name: 'welcome' }],
  [
    'email hello was clicked: https://x.example/',
    { ...event, type: 'message', name: '', message: { ...fact, was: 'clicked', link: 'https://x.example/' } },
  ],
  [
    'email hello was opened by a program',
    { ...event, type: 'message', name: '', message: { ...fact, was: 'opened', machine: true } },
  ],
  [
    'email hello was bounced (hard)',
    { ...event, type: 'message', name: '', message: { ...fact, was: 'bounced', bounce: 'hard' } },
  ],
  [
    'Colleague answered "reached" to call',
    { ...event, type: 'task', name: '', task: { run: 'c-run', step: 'call', outcome: 'reached' } },
  ],
  [
    'waitFor hello answered "Clicked"',
    { kind: 'step', ...place, type: 'waitFor', outcome: 'answered', answer: 'Clicked', branch: 0 },
  ],
  [
    'email hello skipped (no-consent)',
    { kind: 'send', ...place, id: 's', channel: 'email', status: 'skipped', reason: 'no-consent' },
  ],
  [
    'email hello skipped (missing-variable: contact.plan)',
    {
      ...{ kind: 'send', ...place, id: 's', channel: 'email', status: 'skipped' },
      ...{ reason: 'missing-variable', missing: 'contact.plan' },
    },
  ],
  [
    'email hello sent "Hi", clicked',
    {
      kind: 'send',
      ...place,
      id: 's',
      channel: 'email',
      status: 'sent',
      subject: 'Hi',
      openedAt: at,
      clickedAt: at,
    },
  ],
  [
    'Journey welcome (version 2) started',
    {
      kind: 'run',
      at,
      id: 'c-run',
      contact: 'c',
      journey: 'welcome',
      version: 2,
      status: 'active',
      startedAt: at,
      trigger: { id: 'e', event: 'E', type: 'track', properties: {} },
      results: {},
    },
  ],
])('%s', (text, item) => {
  expect(describeHistory([item])[0]?.text).toBe(text);
});

test('what a run and a wait came to stands at its own time', () => {
  const [early, late] = ['2026-03-02T09:00:00.000Z', '2026-03-04T09:00:00.000Z'];
  const run = {
    ...{ kind: 'run', at: early, id: 'c-run', journey: 'welcome', version: 2, status: 'ended' },
    ...{ endedAt: late, ended: { how: 'exited', as: 'left', step: 'bye' } },
  };
  const wait = {
    ...{ kind: 'step', at: early, run: 'c-run', step: 'reply', visit: 1, type: 'waitFor' },
    ...{ outcome: 'answered', answer: 'Clicked', endedAt: late },
  };
  const entries = describeHistory([run, wait] as unknown as HistoryItem[]);
  expect(entries.map((entry) => `${entry.at.slice(0, 10)} ${entry.text}`)).toEqual([
    '2026-03-02 Journey welcome (version 2) started',
    '2026-03-02 waitFor reply waits',
    '2026-03-04 Journey welcome (version 2) ended: exited as left at bye',
    '2026-03-04 waitFor reply answered "Clicked"',
  ]);
});

test.each([
  ['quiet-hours', 'hello is held until 2026-03-02 07:00 UTC (quiet-hours)'],
  ['paused', 'hello is held (paused)'],
])('a message that waits says so: %s', (reason, text) => {
  const run = {
    ...{ kind: 'run', at, id: 'c-run', journey: 'welcome', version: 2, status: 'active' },
    wait: { kind: 'hold', token: 't', step: 'hello', since: at, until: '2026-03-02T07:00:00.000Z', reason },
  } as unknown as HistoryItem;
  expect(describeHistory([run]).map((entry) => entry.text)).toEqual([
    'Journey welcome (version 2) started',
    text,
  ]);
});

test('tokens and owners stay inside', () => {
  const run = {
    kind: 'run',
    id: 'c-run',
    journey: 'welcome',
    version: 2,
    status: 'active',
    at,
    wait: { token: 'secret-token', step: 'hello' },
  } as unknown as HistoryItem;
  const send = {
    kind: 'send',
    ...place,
    id: 's',
    channel: 'email',
    status: 'claimed',
    owner: 'secret-owner',
  } as HistoryItem;
  const shown = JSON.stringify(describeHistory([run, send]));
  expect(shown).not.toContain('secret');
  expect(shown).toContain('"wait":{"step":"hello"}');
});

test('what is stored at one time stands in the order in which it happened', () => {
  const late = { ...event, id: 'late', type: 'track', name: 'Second' } as const;
  const early = {
    ...event,
    id: 'early',
    type: 'track',
    name: 'First',
    happenedAt: '2026-03-01T08:00:00.000Z',
  } as const;
  expect(describeHistory([late, early]).map(({ text }) => text)).toEqual(['First', 'Second']);
});
