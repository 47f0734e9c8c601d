import { describe, expect, test } from 'vitest';
import type { WorldOptions } from '#infra/local/world';
import { audienceWorlds } from '#test/builders/audience-world';

const open = audienceWorlds();
const signedUp = { on: [{ event: 'Signed Up' }], again: 'always' };
const steps = [
  { id: 'first', type: 'sms', text: 'Hello' },
  { id: 'rest', type: 'wait', for: '30 days' },
  { id: 'late', type: 'update', addTags: ['late'] },
];
const consent = { consent: ['email', 'sms'], phone: '+4915112345678' };

describe.each<[string, WorldOptions]>([
  ['once', {}],
  ['with everything twice and shuffled', { redeliver: { twice: true, shuffle: true } }],
])('a rule that is only a condition, delivered %s', (_, options) => {
  test('ends a run when a change makes it true, in the middle of a wait', async () => {
    const world = await open(options);
    await world.publish({
      id: 'nurture',
      enter: signedUp,
      exit: [{ if: { contact: 'plan', is: 'pro' } }],
      steps,
    });
    await world.identify('ada', consent);
    await world.track('ada', 'Signed Up');
    await world.advance('2 days');
    await world.identify('ada', { plan: 'pro' });
    await world.drain();
    expect(await world.ended('ada', 'nurture')).toEqual(['exited 2026-03-04T09:00:00.000Z']);
    expect(world.world.executions()).toMatchObject([{ status: 'SUCCEEDED' }]);
  });

  test('ends a run when time alone makes it true', async () => {
    const world = await open(options);
    const isSilent = { not: { did: 'Logged In', inLast: '7 days' } };
    const isOver = { contact: 'trialEnds', inLast: '1 day' };
    await world.publish({ id: 'active', enter: signedUp, exit: [{ if: isSilent }], steps });
    await world.publish({ id: 'trial', enter: signedUp, exit: [{ if: isOver }], steps });
    await world.identify('ada', { ...consent, trialEnds: '2026-03-20T12:00:00Z' });
    await world.track('ada', 'Logged In');
    await world.track('ada', 'Signed Up');
    await world.advance('5 days');
    await world.track('ada', 'Logged In');
    // Sooner than it was: the earlier time counts.
    await world.identify('ada', { trialEnds: '2026-03-10T12:00:00Z' });
    await world.advance('20 days');
    expect(await world.ended('ada', 'active')).toEqual(['exited 2026-03-14T09:00:00.001Z']);
    expect(await world.ended('ada', 'trial')).toEqual(['exited 2026-03-10T12:00:00.000Z']);
    expect((await world.contact('ada')).tags).toEqual([]);
  });
});

test('a rule that is true from the beginning lets nothing happen, and counts', async () => {
  const world = await open();
  await world.publish({
    id: 'nurture',
    enter: signedUp,
    exit: [{ if: { contact: 'plan', is: 'pro' } }],
    steps,
  });
  await world.identify('ada', { ...consent, plan: 'pro' });
  await world.track('ada', 'Signed Up');
  await world.advance('40 days');
  expect(await world.world.outbox()).toEqual([]);
  expect(world.world.executions()).toEqual([]);
  expect(await world.report('nurture')).toMatchObject({ entered: 1, active: 0, ended: { exited: 1 } });
  // It is no active run: the contact may come again.
  await world.identify('ada', { plan: 'free' });
  await world.track('ada', 'Signed Up');
  await world.drain();
  expect(await world.report('nurture')).toMatchObject({ entered: 2, active: 1 });
});

test('a goal and exit rules by form, tag and segment end runs at once, each counted as what it is', async () => {
  const world = await open();
  await world.segment('vips', { tag: 'vip' });
  const journeys = {
    'by-form': { exit: [{ on: { form: 'demo-request' } }] },
    'by-tag': { exit: [{ on: { tag: 'vip' } }] },
    'by-segment': { exit: [{ on: { segment: 'vips', when: 'enters' }, if: { consent: 'email' } }] },
    'by-goal': { goal: { on: { tag: 'vip' } } },
    'not-met': { exit: [{ on: { tag: 'vip' }, if: { consent: 'push' } }] },
  };
  for (const [id, members] of Object.entries(journeys))
    await world.publish({ id, enter: signedUp, steps, ...members });
  await world.identify('ada', consent);
  await world.track('ada', 'Signed Up');
  await world.advance('1 day');
  const { id } = await world.contact('ada');
  await world.insist('PATCH', `/v1/contacts/${id}`, { addTags: ['vip'] });
  const form = await world.world.http({
    method: 'POST',
    path: '/v1/forms/demo-request',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      email: 'ada@example.com',
      firstName: 'Ada',
      companySize: '5',
      consent: 'yes',
    }).toString(),
  });
  expect(form.status).toBe(202);
  await world.drain();
  const ends = await Promise.all(Object.keys(journeys).map(async (each) => (await world.report(each)).ended));
  expect(ends).toEqual([{ exited: 1 }, { exited: 1 }, { exited: 1 }, { goal: 1 }, {}]);
});
