import { describe, expect, test } from 'vitest';
import { happeningSchema } from '#model/happening';
import type { Item } from '#store/table';
import { countedOfItem } from './counted.ts';
import { happeningsOf, madeAt } from './happenings.ts';

const contact = 'a'.repeat(20);
const at = '2026-03-01T09:00:00.000Z';
const read = (item: Item | undefined) => item && countedOfItem(item);
const told = (before: Item | undefined, after: Item | undefined) => {
  const all = happeningsOf({ id: 'x', sequence: '1', at, before: read(before), after: read(after) }, 'acme');
  for (const each of all) expect(happeningSchema.strict().parse(each)).toEqual(each);
  return all;
};
const types = (before: Item | undefined, after: Item | undefined) =>
  told(before, after).map(({ type }) => type);

const run: Item = {
  ...{ kind: 'run', id: `${contact}-r`, contact, journey: 'welcome', version: 2, status: 'active' },
  ...{ startedAt: at, trigger: { properties: { email: 'ada@example.com' } } },
};
const send: Item = {
  ...{ kind: 'send', id: `${contact}-s`, contact, run: `${contact}-r`, journey: 'welcome', version: 2 },
  ...{
    step: 'hello',
    visit: 1,
    channel: 'email',
    template: 'welcome',
    at,
    status: 'claimed',
    subject: 'Hello Ada',
  },
};

describe('what happened is told once for each thing that is new', () => {
  test('of a run', () => {
    expect(types(undefined, run)).toEqual(['run-entered']);
    expect(types(run, { ...run, wait: {} })).toEqual([]);
    const ended = {
      ...run,
      status: 'ended',
      endedAt: at,
      converted: { at, value: 3 },
      ended: { how: 'goal' },
    };
    expect(types(run, ended)).toEqual(['run-converted', 'run-ended']);
    expect(types(ended, { ...ended, credited: [], counted: 1 })).toEqual([]);
  });
  test('of a message', () => {
    const sent = { ...send, status: 'sent', sentAt: at };
    expect(types(undefined, send)).toEqual([]);
    expect(types(send, sent)).toEqual(['message-sent']);
    expect(types(sent, { ...sent, openedAt: at, clickedAt: at })).toEqual([
      'message-opened',
      'message-clicked',
    ]);
  });
  test('of a contact, also that it was erased', () => {
    const visitor = { kind: 'profile', id: contact, createdAt: at, unsettled: 'visitor#1' };
    const { unsettled: _, ...known } = visitor;
    expect(types(undefined, visitor)).toEqual([]);
    expect(types(visitor, { ...known, fields: { email: 'ada@example.com' } })).toEqual(['contact-known']);
    expect(types(known, { kind: 'profile', id: contact, erasedAt: at })).toEqual(['contact-erased']);
  });
  test('of a segment, into it and out of it, each time anew', () => {
    const member = { kind: 'membership', contact, segment: 'vip', since: at };
    const again = { ...member, since: '2026-04-01T09:00:00.000Z' };
    expect([types(undefined, member), types(member, undefined)]).toEqual([
      ['segment-entered'],
      ['segment-left'],
    ]);
    expect(told(undefined, member)[0]!.id).not.toBe(told(undefined, again)[0]!.id);
  });
});

test('its id is the same whenever it is told', () => {
  expect(told(undefined, run)).toEqual(told(undefined, { ...run, counted: 3 }));
});

test('machines click nothing, and a link tells nobody', () => {
  const message = {
    sendId: 's',
    run: 'r',
    journey: 'welcome',
    step: 'hello',
    channel: 'email',
    was: 'clicked',
  };
  const click = (more: object): Item => ({
    ...{ kind: 'event', id: 'c', contact, type: 'message', name: 'Message Clicked', at, happenedAt: at },
    message: { ...message, link: 'https://x.example/u/ada@example.com?to=ada@example.com', ...more },
  });
  expect(told(undefined, click({ machine: true }))).toEqual([]);
  expect(told(undefined, click({}))[0]).toMatchObject({ type: 'link-clicked', link: 'x.example/u/*' });
});

test('nothing that tells who it is gets out', () => {
  const event: Item = {
    ...{
      kind: 'event',
      id: 'e',
      contact,
      type: 'track',
      name: 'mail to ada@example.com',
      at,
      happenedAt: at,
    },
    ...{ properties: { email: 'ada@example.com' }, traits: { email: 'ada@example.com' } },
  };
  const all = [
    ...told(undefined, run),
    ...told(send, { ...send, status: 'sent', subject: 'Hello ada@example.com' }),
    ...told(undefined, event),
  ];
  expect(all).toHaveLength(3);
  expect(JSON.stringify(all)).not.toMatch(/ada|example\.com/);
});

test('the time of a change is read in every writing', () => {
  const seconds = Date.parse(at) / 1000;
  expect([seconds, new Date(at), at].map(madeAt)).toEqual([at, at, at]);
  expect(madeAt(undefined)).toBe('1970-01-01T00:00:00.000Z');
});
