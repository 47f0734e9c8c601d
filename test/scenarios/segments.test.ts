import { describe, expect, test } from 'vitest';
import type { WorldOptions } from '#infra/local/world';
import { audienceWorlds } from '#test/builders/audience-world';

const open = audienceWorlds();
const enters = (segment: string, when = 'enters') => ({ on: [{ segment, when }], again: 'always' });
const dormant = { not: { did: 'Order Completed', inLast: '90 days' } };

describe.each<[string, WorldOptions]>([
  ['once', {}],
  ['with everything twice and shuffled', { redeliver: { twice: true, shuffle: true } }],
])('segments, delivered %s', (_, options) => {
  test('a contact enters by an event, by its profile, and by time alone, each once', async () => {
    const world = await open(options);
    await world.segment('buyers', { did: 'Order Completed', times: { atLeast: 2 }, inLast: '30 days' });
    await world.segment('pros', { all: [{ contact: 'plan', is: 'pro' }, { consent: 'email' }] });
    await world.segment('dormant', dormant);
    for (const id of ['buyers', 'pros', 'dormant']) {
      await world.publish({ id: `in-${id}`, enter: enters(id) });
      await world.publish({ id: `out-${id}`, enter: enters(id, 'leaves') });
    }
    await world.identify('ada');
    await world.track('ada', 'Order Completed');
    await world.drain();
    expect(await world.segments('ada')).toEqual([]);
    await world.advance('1 day');
    await world.identify('ada', { plan: 'pro' });
    await world.track('ada', 'Order Completed');
    await world.drain();
    expect(await world.segments('ada')).toEqual(['buyers', 'pros']);
    expect(await world.entered('ada', 'in-buyers')).toEqual(['2026-03-03T09:00:00.000Z']);
    expect(await world.entered('ada', 'in-pros')).toEqual(['2026-03-03T09:00:00.000Z']);

    // The first order leaves the window of 30 days by time alone; the second that of 90 days.
    await world.advance('120 days');
    expect(await world.segments('ada')).toEqual(['dormant', 'pros']);
    expect(await world.entered('ada', 'out-buyers')).toEqual(['2026-04-01T09:00:00.001Z']);
    expect(await world.entered('ada', 'in-dormant')).toEqual(['2026-06-01T09:00:00.001Z']);
    await world.track('ada', 'Order Completed');
    await world.identify('ada', { plan: 'free' });
    await world.drain();
    expect(await world.segments('ada')).toEqual([]);
    expect(await world.entered('ada', 'out-dormant')).toHaveLength(1);
    expect(await world.entered('ada', 'out-pros')).toHaveLength(1);
    expect(world.world.quarantine()).toEqual([]);
  });

  test('a run ends in the middle of its wait when its contact leaves a segment, by an event or by time', async () => {
    const world = await open(options);
    await world.segment('active', { did: 'Logged In', inLast: '7 days' });
    const steps = [
      { id: 'rest', type: 'wait', for: '30 days' },
      { id: 'late', type: 'update', addTags: ['late'] },
    ];
    await world.publish({
      id: 'nurture',
      enter: { on: [{ event: 'Signed Up' }] },
      exit: [{ on: { segment: 'active', when: 'leaves' } }],
      steps,
    });
    await world.publish({
      id: 'win-back',
      enter: { on: [{ event: 'Signed Up' }] },
      goal: { on: { segment: 'active', when: 'enters' } },
      steps,
    });
    await world.identify('ada');
    await world.track('ada', 'Signed Up');
    await world.advance('1 hour');
    await world.track('ada', 'Logged In');
    await world.advance('20 days');
    expect(await world.ended('ada', 'win-back')).toEqual(['goal 2026-03-02T10:00:00.000Z']);
    expect(await world.ended('ada', 'nurture')).toEqual(['exited 2026-03-09T10:00:00.001Z']);
    expect((await world.report('nurture')).ended).toEqual({ exited: 1 });
    expect(world.world.executions().map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  });
});

test('who is in a segment when it is made has not entered it', async () => {
  const world = await open();
  await world.publish({ id: 'hello', enter: { on: [{ event: 'Signed Up' }] } });
  for (const name of ['ada', 'bob', 'cem'])
    await world.identify(name, { plan: name === 'cem' ? 'free' : 'pro' });
  await world.advance('1 hour');
  await world.segment('pros', { contact: 'plan', is: 'pro' });
  await world.publish({ id: 'in-pros', enter: enters('pros') });
  await world.advance('1 hour');
  expect(await world.segments('ada')).toEqual(['pros']);
  expect(await world.segments('cem')).toEqual([]);
  expect(await world.report('in-pros')).toMatchObject({ entered: 0 });

  // Nor has who is in it by new words; who comes in later has.
  await world.segment('pros', { contact: 'plan', in: ['pro', 'free'] });
  await world.advance('1 hour');
  expect(await world.segments('cem')).toEqual(['pros']);
  await world.identify('cem', { plan: 'none' });
  await world.drain();
  await world.identify('cem', { plan: 'pro' });
  await world.drain();
  expect(await world.entered('cem', 'in-pros')).toHaveLength(1);
  expect(await world.report('in-pros')).toMatchObject({ entered: 1 });
});

test('a new word about a segment and an event at the same moment: the event still counts', async () => {
  const world = await open();
  await world.segment('pros', { contact: 'plan', is: 'pro' });
  await world.publish({ id: 'in-pros', enter: enters('pros') });
  await world.identify('ada', { plan: 'free' });
  await world.advance('1 hour');
  await world.segment('pros', { contact: 'plan', in: ['pro', 'max'] });
  await world.identify('ada', { plan: 'max' });
  await world.drain();
  expect(await world.entered('ada', 'in-pros')).toHaveLength(1);
});

test('nested segments follow each other, and consent moves a contact at once', async () => {
  const world = await open();
  await world.segment('vip', { tag: 'vip' });
  await world.segment('reachable', {
    all: [{ segment: 'vip' }, { consent: 'email' }, { score: { atLeast: 10 } }],
  });
  await world.publish({ id: 'in', enter: enters('reachable') });
  await world.publish({ id: 'out', enter: enters('reachable', 'leaves') });
  await world.identify('ada', { tags: ['vip'], score: 10 });
  await world.drain();
  expect(await world.segments('ada')).toEqual(['reachable', 'vip']);
  const { id } = await world.contact('ada');
  await world.insist('PATCH', `/v1/contacts/${id}`, { consent: { email: false } });
  expect(await world.segments('ada')).toEqual(['vip']);
  await world.drain();
  expect(await world.entered('ada', 'in')).toHaveLength(1);
  expect(await world.entered('ada', 'out')).toHaveLength(1);
});

test('two conditions that come true at the same moment by two events are seen by one of them', async () => {
  const world = await open();
  await world.segment('both', { all: [{ did: 'Bought' }, { tag: 'vip' }] });
  await world.publish({ id: 'in', enter: enters('both') });
  const names = Array.from({ length: 20 }, (_, i) => `u${i}`);
  for (const name of names) await world.identify(name);
  await world.drain();
  await Promise.all(
    names.flatMap((name) => [world.track(name, 'Bought'), world.identify(name, { tags: ['vip'] })]),
  );
  await world.drain();
  expect(await world.report('in')).toMatchObject({ entered: 20 });
});

describe('a segment is refused', () => {
  test.each([
    ['that names itself over others', { segment: 'b' }, 'segment-circle', /a → b → a/],
    ['that names one that does not exist', { segment: 'nobody' }, 'unknown-segment', /nobody/],
    ['that asks for a trigger', { trigger: 'properties.plan', is: 'pro' }, 'never-true', /knows no run/],
    ['that asks for a message', { message: 'welcome', was: 'opened' }, 'never-true', /knows no run/],
    ['that compares with another type', { contact: 'companySize', is: '120' }, 'wrong-kind', /number/],
    [
      'that contradicts itself',
      { all: [{ score: { above: 5 } }, { score: { below: 3 } }] },
      'never-true',
      /range/,
    ],
    ['without any condition', { all: [] }, 'empty-audience', /./],
  ])('%s', async (_, condition, code, message) => {
    const world = await open();
    await world.segment('a', { tag: 'x' });
    await world.segment('b', { not: { segment: 'a' } });
    const { status, json } = await world.ask<{ issues: { code: string; message: string; path: string }[] }>(
      'PUT',
      '/v1/segments/a',
      { name: 'A', if: condition },
    );
    expect(status).toBe(422);
    expect(json.issues[0]).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(json.issues[0]?.path.startsWith('/if')).toBe(true);
  });
});
