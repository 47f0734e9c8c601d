import { expect, test } from 'vitest';
import { daysOf, messageIn, newestFirst } from './timeline-rows.ts';

const entry = (kind: 'event' | 'run' | 'step' | 'send', at: string, details = {}) => ({
  ...{ kind, at, id: `${kind}-${at}`, text: kind, details },
});
const entries = [
  entry('event', '2026-03-01T12:00:00Z'),
  entry('run', '2026-03-01T12:00:01Z'),
  entry('send', '2026-03-02T12:00:00Z', { channel: 'email' }),
];

test('the newest day stands first, and in it what came last', () => {
  expect(daysOf(newestFirst(entries, 'all')).map(({ entries: of }) => of.map(({ kind }) => kind))).toEqual([
    ['send'],
    ['run', 'event'],
  ]);
});

test('only what was asked for is shown, and days without it are left out', () => {
  expect(daysOf(newestFirst(entries, 'send'))).toHaveLength(1);
  expect(
    daysOf(newestFirst(entries, 'journey')).flatMap(({ entries: of }) => of.map(({ kind }) => kind)),
  ).toEqual(['run']);
});

test('messages to contacts can be looked at, those to teams cannot', () => {
  expect(entries.map(messageIn)).toEqual([undefined, undefined, 'send-2026-03-02T12:00:00Z']);
  expect(messageIn(entry('send', '2026-03-02T12:00:00Z', { channel: 'team' }))).toBeUndefined();
});
