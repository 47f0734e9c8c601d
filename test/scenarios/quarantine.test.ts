import { expect, test } from 'vitest';
import type { Intercept } from '#infra/local/services';
import { audienceWorlds } from '#test/builders/audience-world';

const open = audienceWorlds();
type World = Awaited<ReturnType<typeof open>>;
interface Entry {
  id: string;
  what: string;
  function?: string;
  reason: string;
  contact?: string;
  event?: { name: string };
}
const entries = async (world: World) =>
  (await world.insist<{ entries: Entry[] }>('GET', '/v1/quarantine')).entries;
const signedUp = { on: [{ event: 'Signed Up' }], again: 'always' };
const mail = (id: string) => ({ id, type: 'email', template: 'thank-you' });

/** What a function asks of the tables fails while `is` holds. */
const broken = (caller: string | RegExp) => {
  const fault = { is: false };
  const intercept: Intercept = ({ service, operation, caller: who = '' }, next) => {
    if (fault.is && service === 'dynamodb' && operation !== 'BatchGetItem' && who.match(caller))
      return Promise.reject(Object.assign(new Error('poison'), { name: 'ValidationException' }));
    return next();
  };
  return { fault, intercept };
};

test('an event that cannot be heard for a day is listed, shown, and heard when it is replayed', async () => {
  let isBroken = false;
  const world = await open({
    intercept: ({ operation, input, caller = '' }, next) =>
      isBroken &&
      operation === 'Query' &&
      JSON.stringify(input).includes('J#') &&
      /hear|sweep|quarantine/.test(caller)
        ? Promise.reject(new Error('poison'))
        : next(),
  });
  await world.publish({ id: 'one', enter: signedUp, steps: [mail('m')] });
  await world.identify('ada');
  await world.drain();
  isBroken = true;
  await world.track('ada', 'Signed Up');
  await world.advance('23 hours');
  expect(await entries(world)).toEqual([]);
  await world.advance('50 hours');
  const [entry] = await entries(world);
  expect(entry).toMatchObject({ what: 'event', function: 'hear-event', event: { name: 'Signed Up' } });
  const again = await world.ask('POST', `/v1/quarantine/${entry!.id}/replay`);
  expect(again).toMatchObject({ status: 409, json: { code: 'failed-again' } });
  isBroken = false;
  expect(await world.insist('GET', `/v1/quarantine/${entry!.id}`)).toMatchObject({
    payload: { name: 'Signed Up', state: 'quarantined' },
  });
  await world.insist('POST', `/v1/quarantine/${entry!.id}/replay`);
  await world.advance('1 hour');
  expect(await entries(world)).toEqual([]);
  expect(await world.world.outbox()).toHaveLength(1);
});

test('what a function fails at for good is parked with its contact, replayed once, and goes with the contact', async () => {
  const { fault, intercept } = broken(/^take-feedback$/);
  const world = await open({ intercept, autoDelivery: false });
  await world.publish({ id: 'one', enter: signedUp, steps: [mail('m')] });
  for (const name of ['ada', 'bob', 'eve']) {
    await world.identify(name);
    await world.track(name, 'Signed Up');
  }
  await world.drain();
  fault.is = true;
  for (const { sendId } of await world.world.outbox())
    await world.world.feedback({ sendId: sendId!, type: 'bounce' });
  await world.advance('1 hour');
  fault.is = false;
  const parked = await entries(world);
  expect(parked).toHaveLength(3);
  expect(parked[0]).toMatchObject({ what: 'call', function: 'take-feedback', reason: 'InternalServerError' });
  const of = async (name: string) => {
    const { id } = await world.contact(name);
    return parked.find(({ contact }) => contact === id)!.id;
  };
  expect((await world.contact('ada')).suppressed).toEqual({});
  const ada = await of('ada');
  expect(JSON.stringify(await world.insist('GET', `/v1/quarantine/${ada}`))).toContain('ada@example.com');
  expect(await world.insist('POST', `/v1/quarantine/${ada}/replay`)).toEqual({ status: 'processed' });
  expect((await world.contact('ada')).suppressed).toMatchObject({ email: { reason: 'hard-bounce' } });
  expect((await world.ask('POST', `/v1/quarantine/${ada}/replay`)).status).toBe(404);
  await world.insist('DELETE', `/v1/quarantine/${await of('bob')}`);
  expect((await world.contact('bob')).suppressed).toEqual({});
  const { id } = await world.contact('eve');
  await world.ask('DELETE', `/v1/contacts/${id}`);
  await world.drain();
  expect(await entries(world)).toEqual([]);
});

test('an entry that fails again stays, and words that are no id are not found', async () => {
  const { fault, intercept } = broken(/^(take-feedback|manage-quarantine)$/);
  const world = await open({ intercept, autoDelivery: false });
  await world.publish({ id: 'one', enter: signedUp, steps: [mail('m')] });
  await world.identify('ada');
  await world.track('ada', 'Signed Up');
  await world.drain();
  const [sent] = await world.world.outbox();
  fault.is = true;
  await world.world.feedback({ sendId: sent!.sendId!, type: 'complaint' });
  await world.advance('1 hour');
  fault.is = false;
  const [entry] = await entries(world);
  for (const id of ['nothing', '%00', Buffer.from('["CLIENT","KEYS"]').toString('base64url'), 'W10'])
    expect((await world.ask('GET', `/v1/quarantine/${id}`)).status).toBe(404);
  const key = Buffer.from('["C#x","PROFILE"]').toString('base64url');
  expect((await world.ask('DELETE', `/v1/quarantine/${key}`)).status).toBe(404);
  expect(await entries(world)).toEqual([entry]);
});

test('after days without a stream, stored events are heard in their order, and once', async () => {
  const { fault, intercept } = broken(/^(hear-event|sweep)$/);
  const world = await open({ intercept });
  await world.publish({ id: 'one', enter: signedUp, steps: [mail('m')] });
  for (let i = 0; i < 12; i++) await world.identify(`p${i}`);
  await world.drain();
  fault.is = true;
  for (let i = 0; i < 12; i++) await world.track(`p${i}`, 'Signed Up');
  await world.world.advance('20 minutes');
  expect(await world.world.outbox()).toEqual([]);
  fault.is = false;
  let left = 1;
  for (let i = 0; i < 10 && left > 0; i++)
    left = (await world.insist<{ left: number }>('POST', '/v1/replay')).left;
  expect(left).toBe(0);
  await world.advance('2 days');
  expect(await world.world.outbox()).toHaveLength(12);
});
