import { describe, expect, test } from 'vitest';
import { readClientFolder } from '#infra/client-folder';
import type { WorldOptions } from '#infra/local/world';
import { audienceWorlds } from '#test/builders/audience-world';

const open = audienceWorlds();
const renewal = { date: 'contact.renewalDate', offset: '-30 days', at: '09:00' };
const birthday = { date: 'contact.birthday', at: '08:30' };

describe.each<[string, WorldOptions]>([
  ['once', {}],
  ['with everything twice and shuffled', { redeliver: { twice: true, shuffle: true } }],
])('dates, delivered %s', (_, options) => {
  test('each contact enters at nine by its own clock, thirty days before', async () => {
    const world = await open(options);
    await world.publish({ id: 'renew', enter: { on: [renewal], again: 'always' } });
    await world.identify('berlin', { renewalDate: '2026-05-05', timezone: 'Europe/Berlin' });
    await world.identify('york', { renewalDate: '2026-05-05', timezone: 'America/New_York' });
    await world.identify('undated', {});
    await world.identify('wrong', { renewalDate: 'soon' });
    await world.advance('120 days');
    // Clocks went forward in both places before April 5.
    expect(await world.entered('berlin', 'renew')).toEqual(['2026-04-05T07:00:00.000Z']);
    expect(await world.entered('york', 'renew')).toEqual(['2026-04-05T13:00:00.000Z']);
    expect(await world.report('renew')).toMatchObject({ entered: 2 });
  });

  test('birthdays come every year, also that of February 29', async () => {
    const { client, ...folder } = readClientFolder('acme');
    const patient = { ...(client as object), retention: { events: '1000 days' } };
    const world = await open({
      ...{ ...options, start: Date.parse('2027-01-10T00:00:00Z') },
      client: { ...folder, client: patient, journeys: {}, segments: {} },
    });
    await world.publish({ id: 'congratulate', enter: { on: [birthday], again: 'always' } });
    await world.identify('ada', { birthday: '1990-06-12' });
    await world.identify('leap', { birthday: '1992-02-29' });
    await world.advance('800 days');
    expect(await world.entered('ada', 'congratulate')).toEqual([
      '2027-06-12T06:30:00.000Z',
      '2028-06-12T06:30:00.000Z',
    ]);
    expect(await world.entered('leap', 'congratulate')).toEqual([
      '2027-02-28T07:30:00.000Z',
      '2028-02-29T07:30:00.000Z',
      '2029-02-28T07:30:00.000Z',
    ]);
  });
});

test('a date that is moved moves the appointment, one that is taken away takes it', async () => {
  const world = await open();
  await world.publish({ id: 'renew', enter: { on: [renewal], again: 'always' } });
  for (const name of ['moved', 'gone', 'late']) await world.identify(name, { renewalDate: '2026-05-05' });
  await world.advance('10 days');
  await world.identify('moved', { renewalDate: '2026-06-05' });
  await world.identify('gone', { renewalDate: null });
  // Its day has passed already: nobody enters for yesterday.
  await world.identify('late', { renewalDate: '2026-03-20' });
  await world.advance('120 days');
  expect(await world.entered('moved', 'renew')).toEqual(['2026-05-06T07:00:00.000Z']);
  expect(await world.entered('gone', 'renew')).toEqual([]);
  expect(await world.entered('late', 'renew')).toEqual([]);
});

test('one day is celebrated once, wherever the contact moves on that day', async () => {
  const world = await open();
  await world.publish({ id: 'congratulate', enter: { on: [birthday], again: 'always' } });
  await world.identify('ada', { birthday: '1990-03-05', timezone: 'Asia/Tokyo' });
  await world.advanceTo('2026-03-05T05:00:00Z');
  expect(await world.entered('ada', 'congratulate')).toHaveLength(1);
  await world.identify('ada', { timezone: 'America/New_York' });
  await world.advance('2 days');
  expect(await world.entered('ada', 'congratulate')).toHaveLength(1);
});

test('a journey that is published later finds the dates of the contacts that are there, but not those that passed', async () => {
  const world = await open();
  await world.identify('ada', { renewalDate: '2026-05-05', renewed: '2026-01-01' });
  await world.identify('bob', { renewalDate: '2026-03-12' });
  await world.advance('20 days');
  await world.publish({ id: 'renew', enter: { on: [renewal] } });
  await world.advance('60 days');
  expect(await world.entered('ada', 'renew')).toEqual(['2026-04-05T07:00:00.000Z']);
  expect(await world.entered('bob', 'renew')).toEqual([]);
});

test('an archived journey takes nobody in any more, a paused one holds', async () => {
  const world = await open();
  const steps = [{ id: 'mail', type: 'update', addTags: ['told'] }];
  for (const id of ['archived', 'paused']) await world.publish({ id, enter: { on: [renewal] }, steps });
  await world.identify('ada', { renewalDate: '2026-05-05' });
  await world.advance('1 day');
  await world.insist('POST', '/v1/journeys/archived/archive');
  await world.insist('POST', '/v1/journeys/paused/pause');
  await world.advance('60 days');
  expect(await world.entered('ada', 'archived')).toEqual([]);
  expect(await world.entered('ada', 'paused')).toHaveLength(1);
  expect((await world.contact('ada')).tags).toEqual([]);
});
