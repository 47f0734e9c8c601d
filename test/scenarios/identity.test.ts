import { describe, expect, test } from 'vitest';
import type { WorldOptions } from '#infra/local/world';
import type { Contact } from '#model/contact';
import { main } from '#store/keys';
import { type AudienceWorld, audienceWorlds } from '#test/builders/audience-world';

const open = audienceWorlds();

interface Line {
  kind: string;
  text: string;
  details: { name?: string; properties?: Record<string, unknown> };
}
const send = async ({ world }: AudienceWorld, path: string, body: object) => {
  const headers = { authorization: `Basic ${btoa('wk_acme:')}` };
  const answer = await world.http({ method: 'POST', path, headers, body } as never);
  expect(answer.status).toBe(200);
};
const linesOf = async (stage: AudienceWorld, id: string) =>
  (await stage.insist<{ entries: Line[] }>('GET', `/v1/contacts/${id}/timeline`)).entries;
const textsOf = async (stage: AudienceWorld, id: string) =>
  (await linesOf(stage, id)).map(({ text }) => text);
const byEmail = (stage: AudienceWorld, email: string) =>
  stage.insist<Contact>('GET', `/v1/contacts?email=${email}`);

describe.each<[string, WorldOptions]>([
  ['once', {}],
  ['with everything twice and shuffled', { redeliver: { twice: true, shuffle: true } }],
])('identities, delivered %s', (_, options) => {
  test('what an anonymous visitor did is the history of whom they turn out to be', async () => {
    const stage = await open(options);
    await stage.identify('ada');
    await stage.drain();
    await send(stage, '/v1/page', { anonymousId: 'phone-1', properties: { url: 'https://a.example/' } });
    await send(stage, '/v1/track', { anonymousId: 'phone-1', event: 'Price Seen' });
    await stage.drain();
    await send(stage, '/v1/identify', { anonymousId: 'phone-1', userId: 'ada', traits: {} });
    // Before anybody has heard it.
    await send(stage, '/v1/track', { anonymousId: 'phone-1', event: 'Cart Filled' });
    await stage.drain();
    await send(stage, '/v1/track', { anonymousId: 'phone-1', event: 'Order Completed' });
    await stage.drain();
    const { id, merged } = await stage.contact('ada');
    expect(merged).toHaveLength(1);
    const texts = await textsOf(stage, id);
    for (const text of ['Page Viewed', 'Price Seen', 'Cart Filled', 'Order Completed'])
      expect(texts.filter((each) => each === text)).toHaveLength(1);
    expect(texts).toContain(`Merged with contact ${merged?.[0]}`);
    expect((await stage.insist<Contact>('GET', `/v1/contacts/${merged?.[0]}`)).id).toBe(id);
    expect(stage.world.quarantine()).toEqual([]);
  });

  test('what a sender repeats after the visitor became somebody counts once', async () => {
    const stage = await open(options);
    await stage.identify('ada');
    const seen = { type: 'track', anonymousId: 'phone-1', event: 'Price Seen', messageId: 'm-1' };
    const named = { type: 'identify', anonymousId: 'phone-1', userId: 'ada', messageId: 'm-2' };
    await send(stage, '/v1/batch', { batch: [seen, named] });
    await stage.drain();
    await send(stage, '/v1/batch', { batch: [seen, named] });
    await stage.drain();
    const texts = await textsOf(stage, (await stage.contact('ada')).id);
    expect(texts.filter((text) => text === 'Price Seen')).toHaveLength(1);
  });

  test('segments and journeys know the past of both', async () => {
    const stage = await open(options);
    await stage.segment('keen', { did: 'Price Seen', times: { atLeast: 3 } });
    await stage.publish({ id: 'woo', enter: { on: [{ segment: 'keen', when: 'enters' }] } });
    await stage.identify('ada');
    for (const n of [1, 2]) await stage.track('ada', 'Price Seen', { messageId: `known-${n}` });
    await send(stage, '/v1/track', { anonymousId: 'a', event: 'Price Seen' });
    await stage.drain();
    expect(await stage.segments('ada')).toEqual([]);
    await send(stage, '/v1/identify', { anonymousId: 'a', userId: 'ada' });
    await stage.drain();
    expect(await stage.segments('ada')).toEqual(['keen']);
    expect(await stage.entered('ada', 'woo')).toHaveLength(1);
  });

  test('a run of the visitor goes on for whom they turn out to be, and hears what they do', async () => {
    const stage = await open(options);
    const waits = {
      id: 'bought',
      type: 'waitFor',
      branches: [
        {
          answer: 'Yes',
          on: { event: 'Order Completed' },
          steps: [{ id: 'thank', type: 'update', addTags: ['bought'] }],
        },
      ],
      atMost: '10 days',
      otherwise: { steps: [] },
    };
    await stage.publish({ id: 'watch', enter: { on: [{ event: 'Cart Filled' }] }, steps: [waits] });
    await send(stage, '/v1/track', { anonymousId: 'a', event: 'Cart Filled' });
    await stage.identify('ada');
    await stage.drain();
    await send(stage, '/v1/identify', { anonymousId: 'a', userId: 'ada' });
    await stage.drain();
    await stage.track('ada', 'Order Completed');
    await stage.drain();
    expect(await stage.ended('ada', 'watch')).toEqual([expect.stringMatching(/^completed /)]);
    expect((await stage.contact('ada')).tags).toEqual(['bought']);
    // And it counts for the one who has it now: nobody enters twice.
    await stage.track('ada', 'Cart Filled');
    await stage.drain();
    expect(await stage.entered('ada', 'watch')).toHaveLength(1);
  });

  test('what a run of the visitor sends goes to whom they turn out to be, by their consent', async () => {
    const stage = await open(options);
    const steps = [
      { id: 'rest', type: 'wait', for: '1 day' },
      { id: 'hello', type: 'email', template: 'thank-you' },
    ];
    const sending = { class: 'marketing', cap: { email: { atMost: 1, per: '7 days' } } };
    await stage.publish({ id: 'greet', enter: { on: [{ event: 'Cart Filled' }] }, sending, steps });
    for (const device of ['a', 'b'])
      await send(stage, '/v1/track', { anonymousId: device, event: 'Cart Filled' });
    await stage.identify('ada');
    await stage.identify('bob', { consent: [] });
    await stage.drain();
    await send(stage, '/v1/identify', { anonymousId: 'a', userId: 'ada' });
    await send(stage, '/v1/identify', { anonymousId: 'b', userId: 'bob' });
    await stage.advance('2 days');
    expect((await stage.mails('ada')).map(({ subject }) => subject)).toHaveLength(1);
    expect(await stage.mails('bob')).toEqual([]);
    // The cap counts for the one who stays.
    await stage.publish({ id: 'again', enter: { on: [{ event: 'Came Back' }] }, sending, steps });
    await stage.track('ada', 'Came Back');
    await stage.advance('2 days');
    expect(await stage.mails('ada')).toHaveLength(1);
  });

  test('where both are in one journey, the run of the one who stays goes on', async () => {
    const stage = await open(options);
    const steps = [{ id: 'rest', type: 'wait', for: '5 days' }];
    await stage.publish({ id: 'nurture', enter: { on: [{ event: 'Cart Filled' }] }, steps });
    await stage.identify('ada');
    await stage.track('ada', 'Cart Filled');
    await send(stage, '/v1/track', { anonymousId: 'a', event: 'Cart Filled' });
    await stage.drain();
    await send(stage, '/v1/identify', { anonymousId: 'a', userId: 'ada' });
    await stage.drain();
    expect(await stage.ended('ada', 'nurture')).toEqual([expect.stringMatching(/^exited /)]);
    await stage.advance('6 days');
    const ends = (await stage.ended('ada', 'nurture')).map((end) => end.split(' ')[0]);
    expect(ends).toEqual(['exited', 'completed']);
    expect(stage.world.executions().filter(({ status }) => status === 'RUNNING')).toEqual([]);
  });

  test('nobody becomes another contact by naming its address: both histories say so', async () => {
    const stage = await open(options);
    await stage.identify('ada', { firstName: 'Ada' });
    await stage.drain();
    const claim = { userId: 'mallory', traits: { email: 'Ada@Example.com', firstName: 'Mallory' } };
    for (const messageId of ['m-1', 'm-2']) await send(stage, '/v1/identify', { ...claim, messageId });
    await stage.drain();
    const [ada, mallory] = [await stage.contact('ada'), await stage.contact('mallory')];
    expect((await byEmail(stage, 'ada@example.com')).id).toBe(ada.id);
    expect(ada.fields).toMatchObject({ firstName: 'Ada', email: 'ada@example.com' });
    expect(mallory.fields).toEqual({ firstName: 'Mallory' });
    const conflict = (texts: string[]) => texts.filter((text) => text.includes('they stay two'));
    expect(conflict(await textsOf(stage, ada.id))).toEqual([
      `Contact ${mallory.id} named this email; they stay two`,
    ]);
    expect(conflict(await textsOf(stage, mallory.id))).toEqual([
      `Named the email of contact ${ada.id}; they stay two`,
    ]);
    expect(JSON.stringify(await linesOf(stage, mallory.id))).not.toMatch(/ada@/i);
  });

  test('a step that sets the address of another contact sets nothing, and both histories say so', async () => {
    const stage = await open(options);
    const steps = [{ id: 'copy', type: 'update', set: { email: 'ada@example.com', plan: 'pro' } }];
    await stage.publish({ id: 'careless', enter: { on: [{ event: 'Hi' }] }, steps });
    await stage.identify('ada');
    await stage.identify('bob');
    await stage.track('bob', 'Hi');
    await stage.drain();
    const [ada, bob] = [await stage.contact('ada'), await stage.contact('bob')];
    expect(bob.fields).toEqual({ email: 'bob@example.com', plan: 'pro' });
    expect(await textsOf(stage, ada.id)).toContain(`Contact ${bob.id} named this email; they stay two`);
  });

  test('a browser that two people use joins nobody', async () => {
    const stage = await open(options);
    for (const userId of ['ada', 'bob']) {
      await send(stage, '/v1/identify', { anonymousId: 'kitchen', userId });
      await send(stage, '/v1/track', { anonymousId: 'kitchen', userId, event: `Seen ${userId}` });
    }
    await stage.drain();
    const [ada, bob] = [await stage.contact('ada'), await stage.contact('bob')];
    expect([ada.merged, bob.merged]).toEqual([undefined, undefined]);
    expect(await textsOf(stage, ada.id)).not.toContain('Seen bob');
  });
});

describe('a merge that somebody asks for', () => {
  const two = async () => {
    const stage = await open();
    await stage.identify('ada', { firstName: 'Ada', tags: ['paid'], score: 5 });
    await stage.identify('lovelace', { firstName: 'Countess', company: 'Engines', tags: ['lead'], score: 7 });
    await stage.drain();
    const [ada, other] = [await stage.contact('ada'), await stage.contact('lovelace')];
    const merge = (loser = other.id) =>
      stage.ask<Contact>('POST', `/v1/contacts/${ada.id}/merge`, { contact: loser });
    return { stage, ada, other, merge };
  };

  test('keeps both histories, fields, tags and scores, and leads every identity to the one', async () => {
    const { stage, ada, other, merge } = await two();
    expect(await merge()).toMatchObject({ status: 200, json: { id: ada.id, merged: [other.id], score: 12 } });
    await stage.drain();
    const { id, fields, tags } = await byEmail(stage, 'lovelace@example.com');
    expect(id).toBe(ada.id);
    expect(fields).toEqual({ firstName: 'Ada', email: 'ada@example.com', company: 'Engines' });
    expect(tags).toEqual(['paid', 'lead']);
    await stage.track('lovelace', 'Order Completed');
    await stage.drain();
    const texts = await textsOf(stage, other.id);
    const count = (start: string) => texts.filter((text) => text.startsWith(start)).length;
    expect(count('Order Completed')).toBe(1);
    expect(count(`Merged with contact ${other.id}`)).toBe(1);
    expect(count('Identified')).toBe(2);
  });

  test('holds the stricter consent: a no of either is a no', async () => {
    const { stage, ada, other, merge } = await two();
    await stage.insist('PATCH', `/v1/contacts/${other.id}`, { consent: { email: false, sms: true } });
    await merge();
    const { consent } = await stage.contact('ada');
    expect(consent.email?.given).toBe(false);
    // Neither has a number: the yes goes with the person.
    expect(consent.sms?.given).toBe(true);
    expect(ada.consent.email?.given).toBe(true);
  });

  test('lets links in mails to either unsubscribe the one', async () => {
    const { stage, merge } = await two();
    const mail = { id: 'hello', type: 'email', template: 'thank-you' };
    const sending = { class: 'marketing' };
    await stage.publish({ id: 'greet', enter: { on: [{ event: 'Hi' }] }, sending, steps: [mail] });
    await stage.track('lovelace', 'Hi');
    await stage.drain();
    const [sent] = await stage.mails('lovelace');
    await merge();
    const link = /<(https?:[^>]+)>/.exec(String(sent?.headers?.['list-unsubscribe']))?.[1] ?? '';
    const path = new URL(link).pathname;
    await stage.world.http({ method: 'POST', path, body: 'List-Unsubscribe=One-Click' } as never);
    expect((await stage.contact('ada')).suppressed.email?.reason).toBe('unsubscribe');
  });

  test('is refused where there are not two', async () => {
    const { ada, merge } = await two();
    expect(await merge(ada.id)).toMatchObject({ status: 409, json: { code: 'same-contact' } });
    expect(await merge('nobody')).toMatchObject({ status: 404, json: { code: 'unknown-contact' } });
    expect((await merge()).status).toBe(200);
    expect(await merge()).toMatchObject({ status: 409, json: { code: 'same-contact' } });
  });

  test('is undone by nobody, but an erasure takes both', async () => {
    const { stage, ada, other, merge } = await two();
    await merge();
    await stage.drain();
    expect((await stage.ask('DELETE', `/v1/contacts/${other.id}`)).status).toBe(204);
    for (const id of [ada.id, other.id]) {
      expect((await stage.ask('GET', `/v1/contacts/${id}`)).status).toBe(404);
      expect(await stage.world.store.main.query({ pk: main.contactPk(id) })).toEqual([]);
    }
  });

  test('hands out everything about both when asked for an export', async () => {
    const { stage, ada, other, merge } = await two();
    await stage.track('lovelace', 'Order Completed', { properties: { total: 12 } });
    await stage.drain();
    await merge();
    await stage.drain();
    const all = await stage.insist<Record<string, Record<string, unknown>[]>>(
      'GET',
      `/v1/contacts/${other.id}/export`,
    );
    expect(all).toMatchObject({ contact: { id: ada.id }, suppressions: [] });
    expect(all.identities).toEqual(
      expect.arrayContaining([
        { kind: 'email', value: 'ada@example.com' },
        { kind: 'email', value: 'lovelace@example.com' },
        { kind: 'userId', value: 'ada' },
        { kind: 'userId', value: 'lovelace' },
      ]),
    );
    expect(all.events?.find(({ name }) => name === 'Order Completed')).toMatchObject({
      contact: other.id,
      properties: { total: 12 },
    });
    expect(JSON.stringify(all)).not.toMatch(/unsettled|"pk"|"token"/);
  });
});

test('no event is lost or counted twice while visitors become somebody, whatever overtakes what', async () => {
  const stage = await open({ redeliver: { twice: true, shuffle: true }, seed: 11 });
  await stage.segment('busy', { did: 'Seen', times: { atLeast: 9 } });
  const people = Array.from({ length: 12 }, (_, i) => `p${i}`);
  const devices = ['phone', 'laptop', 'tablet'];
  const calls = people.flatMap((userId) =>
    devices.flatMap((device) => {
      const anonymousId = `${userId}-${device}`;
      const seen = (n: number) => () =>
        send(stage, '/v1/track', { anonymousId, event: 'Seen', messageId: `${anonymousId}-${n}` });
      const known = () => send(stage, '/v1/identify', { anonymousId, userId, traits: { tags: [device] } });
      return [[seen(1), known, seen(2)], [seen(3)], [known]];
    }),
  );
  await Promise.all(
    calls.map(async (line) => {
      for (const call of line) await call();
    }),
  );
  await stage.drain();
  await stage.advance('1 hour');
  expect(stage.world.quarantine()).toEqual([]);
  for (const userId of people) {
    const { id, tags, segments } = await stage.contact(userId);
    const seen = (await textsOf(stage, id)).filter((text) => text === 'Seen');
    expect([userId, seen.length, [...tags].sort(), segments]).toEqual([
      ...[userId, 9, [...devices].sort(), ['busy']],
    ]);
  }
});
