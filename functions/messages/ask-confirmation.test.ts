import { afterEach, beforeEach, expect, test } from 'vitest';
import { applyNow } from '#functions/contacts/changing/apply';
import { createHandler as sweep } from '#functions/journeys/sweep/handler';
import { record as sweepRecord } from '#functions/journeys/sweep/record';
import { AwsError } from '#infra/local/aws-error';
import { iso } from '#kernel/clock';
import type { Contact } from '#model/contact';
import { suppressAddress } from '#store/contacts/suppressions';
import { openStage, type Stage } from '#test/builders/journey-stage';

let stage: Stage;
let ada: Contact;
beforeEach(async () => {
  stage = await openStage(undefined, { sweep: { record: sweepRecord, createHandler: sweep } });
  ada = await stage.contact({ consent: {}, fields: { email: 'ada@example.com' } });
});
afterEach(() => stage.close());

const word = { channel: 'email', given: true, pending: true, text: 'You may.', source: 'form:news' } as const;
const post = (contact = ada, more: object = {}) =>
  stage.event(contact, {
    ...{ type: 'form', name: 'news', traits: { email: 'ada@example.com' }, consent: [word] },
    ...more,
  });
const sends = async (contact = ada) =>
  (await stage.items(contact)).sends.map(({ status, reason }) => [status, reason].filter(Boolean).join(' '));

/** Lets one call fall, before or after it was done. */
const fail = (when: 'before' | 'after', service: string, error: Error, fits = (_: string) => true) => {
  let hasFailed = false;
  stage.sabotage[when] = (asked, _operation, input) => {
    if (hasFailed || asked !== service || !fits(JSON.stringify(input))) return;
    hasFailed = true;
    throw error;
  };
};

test('the mail is claimed, sent once and counted by its form', async () => {
  await post();
  await stage.settle();
  expect(stage.outbox().map(({ to }) => to)).toEqual([['ada@example.com']]);
  expect((await stage.items(ada)).sends).toMatchObject([
    { status: 'sent', journey: 'form:news', step: 'confirm', channel: 'email' },
  ]);
});

test('an event that is heard twice asks once', async () => {
  await post();
  const records = stage.undelivered();
  await stage.hear(records);
  await stage.hear(records);
  expect(stage.outbox()).toHaveLength(1);
});

test('an answer that is lost leaves it indeterminate, and nobody asks again', async () => {
  await post();
  fail('after', 'ses', Object.assign(new Error('gone'), { code: 'ECONNRESET' }));
  await stage.settle();
  await stage.advance('10 minutes');
  await stage.invoke('sweep', {});
  expect(stage.outbox()).toHaveLength(1);
  expect((await sends())[0]).toMatch(/^indeterminate/);
});

test('who falls between claim and mail leaves it indeterminate, and nobody asks again', async () => {
  await post();
  fail('before', 'ses', new Error('killed'));
  const records = stage.undelivered();
  await stage.hear(records).catch(() => {});
  await stage.hear(records);
  expect(stage.outbox()).toEqual([]);
  expect((await sends())[0]).toMatch(/^indeterminate/);
});

test('a throttled one is tried again by the sweep, and sent once', async () => {
  await post();
  fail('before', 'ses', new AwsError('Throttling', 'Maximum sending rate exceeded.'));
  await stage.settle();
  expect([stage.outbox().length, await sends()]).toEqual([0, ['failed throttled']]);
  await stage.advance('3 minutes');
  await stage.invoke('sweep', {});
  await stage.invoke('sweep', {});
  expect([stage.outbox().length, await sends()]).toEqual([1, ['sent']]);
});

test('a no that is committed before the claim wins', async () => {
  await post();
  stage.sabotage.before = async (service, operation, input) => {
    const isClaim = service === 'dynamodb' && JSON.stringify(input).includes('ASK#');
    if (!isClaim || operation !== 'TransactWriteItems') return;
    stage.sabotage.before = undefined;
    const at = iso(stage.clock.now());
    await applyNow(stage.store, {
      ...{ id: 'bye', contact: ada.id, type: 'message', name: 'Left', at, happenedAt: at, properties: {} },
      consent: [{ channel: 'email', given: false, source: 'unsubscribe' }],
      ...{ depth: 0, state: 'accepted' },
    });
  };
  await stage.settle();
  expect([stage.outbox(), await sends()]).toEqual([[], ['skipped changed']]);
});

test.each([
  ['complaint', [0, ['skipped suppressed']]],
  ['unsubscribe', [1, ['sent']]],
] as const)('what is known against an address by another contact: %s', async (reason, expected) => {
  const at = iso(stage.clock.now());
  await suppressAddress(stage.store, { channel: 'email', address: 'ada@example.com' }, { reason, at });
  await post();
  await stage.settle();
  expect([stage.outbox().length, await sends()]).toEqual(expected);
});

test('one address under two contacts is asked once', async () => {
  const eve = await stage.contact({ consent: {}, fields: { email: 'ada@example.com' } });
  await post();
  await post(eve);
  await stage.settle();
  expect(stage.outbox()).toHaveLength(1);
  expect([...(await sends()), ...(await sends(eve))].sort()).toEqual(['sent', 'skipped asked-before']);
});

test('a word that needs no click asks nothing', async () => {
  const { pending: _, ...plain } = word;
  await post(ada, { consent: [plain] });
  await stage.settle();
  expect([stage.outbox(), await sends()]).toEqual([[], []]);
});
