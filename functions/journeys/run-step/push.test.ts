import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Step } from '#statemachines/document/schema';
import { openStage, type Stage } from '#test/builders/journey-stage';
import { journeyOf } from '#test/builders/journeys';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const push: Step = { id: 'news', type: 'push', title: 'Hello', body: 'Hi {{ contact.firstName }}' };
const endpointOf = ({ region, account }: Stage['client']) =>
  `arn:aws:sns:${region}:${account}:endpoint/APNS/acme/12345678-1234-1234-1234-123456789012`;

const enter = async (contact: object = {}, members: Parameters<typeof journeyOf>[1] = {}) => {
  await stage.publish(journeyOf([push], members));
  const ada = await stage.contact({
    fields: { firstName: 'Ada', pushEndpoint: endpointOf(stage.client) },
    consent: { push: { given: true, at: '2026-03-01T00:00:00.000Z', source: 'test' } },
    ...contact,
  });
  await stage.event(ada);
  await stage.settle();
  return ada;
};

it('reaches the endpoint of the contact, once, however often it is asked for', async () => {
  const ada = await enter();
  const run = (await stage.items(ada)).runs[0]!;
  await stage.store.main.update(
    { pk: `C#${ada.id}`, sk: `R#${run.id}` },
    { update: 'SET #s = :a', names: { '#s': 'status' }, values: { ':a': 'active' } },
  );
  await Promise.all([1, 2].map(() => stage.invoke('run-step', { run: run.id, do: 'news' })));
  expect(stage.outbox()).toMatchObject([{ channel: 'push', to: [endpointOf(stage.client)] }]);
  expect((await stage.items(ada)).sends).toMatchObject([
    { channel: 'push', status: 'sent', subject: 'Hello' },
  ]);
});

it('is skipped without consent for pushes, and without an endpoint', async () => {
  const ada = await enter({
    consent: { email: { given: true, at: '2026-03-01T00:00:00.000Z', source: 'test' } },
  });
  expect((await stage.items(ada)).sends).toMatchObject([{ status: 'skipped', reason: 'no-consent' }]);
  const ben = await stage.contact({
    consent: { push: { given: true, at: '2026-03-01T00:00:00.000Z', source: 'test' } },
  });
  await stage.event(ben);
  await stage.settle();
  expect((await stage.items(ben)).sends).toMatchObject([{ status: 'skipped', reason: 'no-address' }]);
});

it('keeps to the cap and the quiet hours of its channel', async () => {
  const ada = await enter(
    {},
    {
      sending: { cap: { push: { atMost: 1, per: '1 day' } } },
      enter: { on: [{ event: 'Signed Up' }], again: 'always' },
    },
  );
  await stage.event(ada);
  await stage.settle();
  const { sends } = await stage.items(ada);
  expect(sends.map(({ status, reason }) => reason ?? status).sort()).toEqual(['cap', 'sent']);
});
