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

/** What a journey of three people, and what became of it, look like in the reports. */
const figuresOf = async (world: World) => ({
  journey: await world.report('one'),
  overview: await world.insist('GET', '/v1/reports/overview?from=2026-03-01&to=2026-03-10'),
});

const livesOfThree = async (world: World): Promise<void> => {
  await world.publish({
    id: 'one',
    enter: signedUp,
    goal: { on: { event: 'Order Completed' }, within: '60 days', exit: true },
    steps: [mail('m'), { id: 'rest', type: 'wait', for: '3 days' }],
  });
  for (const name of ['ada', 'bob', 'eve']) await world.identify(name);
  await world.drain();
};

/** The reader of figures is dead for half a day, in which everything happens; then it lives again. */
const loseFigures = async (world: World, fault: { is: boolean }): Promise<void> => {
  await livesOfThree(world);
  fault.is = true;
  for (const name of ['ada', 'bob', 'eve']) await world.track(name, 'Signed Up');
  await world.world.advance('1 hour');
  await world.track('bob', 'Order Completed', { properties: { revenue: 12 } });
  await world.world.advance('11 hours');
  fault.is = false;
  await world.world.advance('1 hour');
};

const untouched = async () => {
  const world = await open();
  await loseFigures(world, { is: false });
  return figuresOf(world);
};

test('what the reader of figures lost is read from the stream again, and counted once', async () => {
  const { fault, intercept } = broken(/^fold-counts$/);
  const world = await open({ intercept });
  await loseFigures(world, fault);
  const expected = await untouched();
  expect(await figuresOf(world)).not.toEqual(expected);
  const lost = await entries(world);
  expect(lost.length).toBeGreaterThan(5);
  expect(new Set(lost.map((entry) => entry.function))).toEqual(new Set(['fold-counts']));
  const [{ id }] = lost as [Entry];
  const { payload } = await world.insist<{ payload: { stream: object } }>('GET', `/v1/quarantine/${id}`);
  expect(Object.keys(payload.stream).sort()).toEqual(['from', 'shardId', 'streamArn', 'to']);
  for (const entry of lost)
    expect(await world.insist('POST', `/v1/quarantine/${entry.id}/replay`)).toEqual({ status: 'processed' });
  await world.advance('1 minute');
  expect(await figuresOf(world)).toEqual(expected);
  expect(await entries(world)).toEqual([]);

  await world.world.invoke('park-failure', failureOf(payload.stream as never));
  const [again] = await entries(world);
  await world.insist('POST', `/v1/quarantine/${again!.id}/replay`);
  await world.advance('1 minute');
  expect(await figuresOf(world)).toEqual(expected);
});

test('what the stream has no more is counted anew from what is stored', async () => {
  const { fault, intercept } = broken(/^fold-counts$/);
  const world = await open({ intercept });
  await loseFigures(world, fault);
  const expected = await untouched();
  const [entry] = await entries(world);
  await world.world.advance('30 hours');
  expect(await world.insist('POST', `/v1/quarantine/${entry!.id}/replay`)).toEqual({
    status: 'counting-anew',
  });
  await world.world.advance('1 day');
  expect(await figuresOf(world)).toMatchObject({ journey: expected.journey });
});

/** As Lambda writes it of records of a stream that it gave up. */
const failureOf = (stream: { streamArn: string; shardId: string; from: string; to: string }) => {
  const { streamArn, shardId, from: startSequenceNumber, to: endSequenceNumber } = stream;
  const body = {
    timestamp: '2026-03-02T09:00:00.000Z',
    requestContext: {
      ...{ requestId: 'r', condition: 'RetryAttemptsExhausted' },
      functionArn: 'arn:aws:lambda:eu-central-1:000000000000:function:wayleaf-acme-fold-counts',
    },
    DDBStreamBatchInfo: { streamArn, shardId, startSequenceNumber, endSequenceNumber, batchSize: 1 },
  };
  return { Records: [{ messageId: 'm', body: JSON.stringify(body), messageAttributes: {} }] };
};
