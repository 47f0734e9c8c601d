import { describe, expect, test } from 'vitest';
import type { WorldOptions } from '#infra/local/world';
import type { Contact } from '#model/contact';
import { type AudienceWorld, audienceWorlds } from '#test/builders/audience-world';

/** Write keys and forms are public: what anybody may do to a contact that is not theirs. */

const openWorld = audienceWorlds();

const open = async (options: WorldOptions = {}) => {
  const stage = await openWorld(options);
  const texts = async (id: string) =>
    (await stage.insist<{ entries: { text: string }[] }>('GET', `/v1/contacts/${id}/timeline`)).entries.map(
      ({ text }) => text,
    );
  return {
    ...{ ...stage, texts },
    async form(body: object, id = 'demo-request', status = 202) {
      const answer = await stage.world.http({ method: 'POST', path: `/v1/forms/${id}`, body } as never);
      expect([answer.status, answer.status === status ? '' : answer.text]).toEqual([status, '']);
      await stage.advance('1 second');
      return answer.json<Record<string, unknown>>();
    },
    async identify(body: object) {
      await stage.post('/v1/identify', body);
      await stage.advance('1 second');
    },
    async track(body: object) {
      await stage.post('/v1/track', { event: 'Signed In', ...body });
      await stage.advance('1 second');
    },
    by: (kind: 'email' | 'phone' | 'userId', value: string) =>
      stage.ask<Contact>('GET', `/v1/contacts?${kind}=${encodeURIComponent(value)}`),
    /** Told once, however often it is asked. */
    refusals: async (id: string, kind: string) =>
      (await texts(id)).filter(
        (text) => text === `Address change asked by a public key: the ${kind} stays as it was`,
      ).length,
  };
};
type Stage = Awaited<ReturnType<typeof open>>;

const victim = { email: 'victim@lead.example', firstName: 'Vic', company: 'Secret GmbH', consent: 'yes' };
const found = async (stage: Stage, kind: 'email' | 'phone' | 'userId', value: string): Promise<Contact> => {
  const { status, json } = await stage.by(kind, value);
  expect(status).toBe(200);
  return json;
};
const isUnknown = async (stage: Stage, kind: 'email' | 'phone', value: string): Promise<boolean> =>
  (await stage.by(kind, value)).status === 404;
const patch = (stage: Stage | AudienceWorld, id: string, body: object) =>
  stage.insist<Contact>('PATCH', `/v1/contacts/${id}`, body);

describe.each<[string, WorldOptions]>([
  ['once', {}],
  ['with everything twice and shuffled', { redeliver: { twice: true, shuffle: true } }],
])('a public key, delivered %s', (_, options) => {
  test('a made-up user id takes no contact to another address', async () => {
    const stage = await open(options);
    await stage.form(victim);
    await stage.identify({ userId: 'evil-1', traits: { email: victim.email } });
    for (const messageId of ['m-1', 'm-2'])
      await stage.identify({ userId: 'evil-1', messageId, traits: { email: 'attacker@evil.example' } });
    const { id, fields } = await found(stage, 'email', victim.email);
    expect(fields.email).toBe(victim.email);
    expect(await isUnknown(stage, 'email', 'attacker@evil.example')).toBe(true);
    expect(await stage.refusals(id, 'email')).toBe(1);
    await stage.advance('3 days');
    expect((await stage.world.outbox()).filter(({ to }) => to?.includes('evil'))).toEqual([]);
  });

  test('who registers with the address of a form is that lead', async () => {
    const stage = await open(options);
    await stage.form(victim);
    await stage.identify({ userId: 'vic', traits: { email: victim.email } });
    expect((await found(stage, 'userId', 'vic')).fields.firstName).toBe('Vic');
  });

  test('a guessed user id brings nobody the mails of its owner', async () => {
    const stage = await open(options);
    await stage.identify({ userId: '42', traits: { email: 'cust@shop.example', consent: ['email'] } });
    await stage.identify({ userId: '42', traits: { email: 'thief@evil.example' } });
    expect((await found(stage, 'userId', '42')).fields.email).toBe('cust@shop.example');
    expect(await isUnknown(stage, 'email', 'thief@evil.example')).toBe(true);
  });

  test('a user without an address gets the first one, and keeps it', async () => {
    const stage = await open(options);
    await stage.track({ userId: 'new' });
    await stage.identify({ userId: 'new', traits: { email: 'new@shop.example' } });
    await stage.identify({ userId: 'new', traits: { email: null } });
    const { id, fields } = await found(stage, 'userId', 'new');
    expect(fields.email).toBe('new@shop.example');
    expect(await stage.refusals(id, 'email')).toBe(1);
  });

  test('who knows a phone number gets no mail of its owner', async () => {
    const stage = await open(options);
    const phone = '+4915112345679';
    await stage.identify({ anonymousId: 'd0', traits: { phone, firstName: 'Dora' } });
    await stage.form({ email: 'evil-d@attacker.example', phone, consent: 'yes' });
    const [dora, evil] = [
      await found(stage, 'phone', phone),
      await found(stage, 'email', 'evil-d@attacker.example'),
    ];
    expect(dora.id).not.toBe(evil.id);
    expect(dora.fields).toEqual({ phone, firstName: 'Dora' });
    expect(evil.fields.firstName).toBeUndefined();
    expect(evil.fields.phone).toBeUndefined();
  });

  test('a stranger puts no phone on a lead, no consent for it, and takes no address away', async () => {
    const stage = await open(options);
    await stage.form(victim);
    const traits = { email: victim.email, phone: '+4915155555555', consent: { sms: true } };
    await stage.identify({ anonymousId: 'x', traits });
    await stage.identify({ anonymousId: 'x', traits: { email: null } });
    const { id, fields, consent } = await found(stage, 'email', victim.email);
    expect([fields.email, fields.phone, consent.sms]).toEqual([victim.email, undefined, undefined]);
    expect(await isUnknown(stage, 'phone', traits.phone)).toBe(true);
    expect([await stage.refusals(id, 'phone'), await stage.refusals(id, 'email')]).toEqual([1, 1]);
  });

  test('two people at one browser stay two', async () => {
    const stage = await open(options);
    await stage.form({
      email: 'anna@family.example',
      firstName: 'Anna',
      consent: 'yes',
      _anonymousId: 'kitchen',
    });
    await stage.track({ userId: 'bob-77', anonymousId: 'kitchen' });
    await stage.identify({
      userId: 'bob-77',
      anonymousId: 'kitchen',
      traits: { email: 'bob@family.example' },
    });
    const [anna, bob] = [
      await found(stage, 'email', 'anna@family.example'),
      await found(stage, 'userId', 'bob-77'),
    ];
    expect(anna.id).not.toBe(bob.id);
    expect([anna.fields.email, bob.fields.email]).toEqual(['anna@family.example', 'bob@family.example']);
  });
});

describe('an address that changes', () => {
  test.each([
    [
      'an administrator',
      (stage: Stage, id: string) => patch(stage, id, { set: { email: 'b@lead.example' } }),
    ],
    [
      'an administrator in two steps',
      async (stage: Stage, id: string) => {
        await patch(stage, id, { set: { email: null } });
        await patch(stage, id, { set: { email: 'b@lead.example' } });
      },
    ],
    [
      'an update step',
      async (stage: Stage) => {
        const steps = [{ id: 'move', type: 'update', set: { email: 'b@lead.example' } }];
        await stage.publish({ id: 'mover', enter: { on: [{ event: 'Move Me' }] }, steps });
        await stage.track({ userId: 'a', event: 'Move Me' });
      },
    ],
  ])('by %s takes no yes along, but every no, and the timeline says so', async (_, move) => {
    const stage = await open();
    const consent = { email: true, sms: false };
    await stage.identify({ userId: 'a', traits: { email: 'a@lead.example', consent } });
    const { id } = await found(stage, 'userId', 'a');
    await move(stage, id);
    await stage.drain();
    const after = await found(stage, 'userId', 'a');
    expect(after.fields.email).toBe('b@lead.example');
    expect(after.consent.email).toBeUndefined();
    expect(after.consent.sms?.given).toBe(false);
    const all = (await stage.texts(id)).join('\n');
    expect(all).toContain('email address changed');
    expect(all).toContain('consent email ended with its address');
  });
});

describe('what anybody sends in advance', () => {
  test('no messageId is an id of ours: a form post is heard whatever was sent before', async () => {
    const stage = await open();
    await stage.identify({ anonymousId: 'seen', traits: { email: victim.email } });
    const { id: taken } = await stage.form(victim);
    const other = await open();
    await other.identify({ anonymousId: 'pre', messageId: taken, traits: { email: victim.email } });
    expect(await other.form(victim)).toMatchObject({ id: taken });
    const { id, fields } = await found(other, 'email', victim.email);
    expect(fields.firstName).toBe('Vic');
    const { entries } = await other.insist<{ entries: { id: string }[] }>(
      'GET',
      `/v1/contacts/${id}/timeline`,
    );
    expect(entries.filter((entry) => entry.id === taken)).toHaveLength(2);
  });

  test('no number of browsers blocks a merge or is without an end', async () => {
    const stage = await open();
    await stage.identify({ userId: 'st-1', traits: { email: 'stuffed@lead.example' } });
    await stage.identify({ userId: 'st-2', traits: { email: 'other@lead.example' } });
    const traits = { email: 'stuffed@lead.example' };
    for (let n = 0; n < 60; n++) {
      await stage.post('/v1/identify', { anonymousId: `stuff-${n}`, traits });
      await stage.world.advance(1);
    }
    const [loser, winner] = [await found(stage, 'userId', 'st-1'), await found(stage, 'userId', 'st-2')];
    const { identities } = await stage.insist<{ identities: { kind: string; value: string }[] }>(
      'GET',
      `/v1/contacts/${loser.id}/export`,
    );
    const browsers = identities.filter(({ kind }) => kind === 'anonymousId').map(({ value }) => value);
    expect(browsers).toHaveLength(50);
    expect([browsers.includes('stuff-9'), browsers.includes('stuff-59')]).toEqual([false, true]);
    const merged = await stage.ask('POST', `/v1/contacts/${winner.id}/merge`, { contact: loser.id });
    expect(merged.status).toBe(200);
  });

  test('no identify fills a contact up for its own form', async () => {
    const stage = await open();
    const junk = Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`f${i}`, 1]));
    const tags = Array.from({ length: 200 }, (_, i) => `t${i}`);
    await stage.identify({ anonymousId: 'tg', traits: { email: victim.email, tags, ...junk } });
    await stage.form(victim);
    const { fields, tags: has } = await found(stage, 'email', victim.email);
    expect([fields.firstName, has.includes('demo')]).toEqual(['Vic', true]);
  });
});

describe('a form', () => {
  test('declares `email` and `phone` as what they are', async () => {
    const stage = await open();
    const loose = {
      name: 'Loose',
      fields: { email: { type: 'text' }, phone: { type: 'text' } },
      origins: [],
    };
    const { status, json } = await stage.ask('PUT', '/v1/forms/loose', loose);
    expect(status).toBe(422);
    expect(JSON.stringify(json)).toContain('its type is \\"phone\\", not \\"text\\"');
  });

  test('with a key that is sent again is one post, also where the contact took only a part of it', async () => {
    const stage = await open();
    await stage.form(victim);
    const post = () =>
      stage.world.http({
        method: 'POST',
        path: '/v1/forms/demo-request',
        headers: { 'idempotency-key': 'k-1' },
        body: { ...victim, phone: '+4915112345678' },
      } as never);
    const [one, two] = [await post(), await post()];
    expect([one.status, two.status]).toEqual([202, 202]);
  });
});
