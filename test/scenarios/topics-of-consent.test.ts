import { expect, test } from 'vitest';
import type { Contact } from '#model/contact';
import { type AudienceWorld, audienceWorlds } from '#test/builders/audience-world';

const open = audienceWorlds();

interface Line {
  channel: string;
  topic?: string;
  given: boolean;
  source: string;
}
const contactOf = ({ insist }: AudienceWorld, name: string) =>
  insist<Contact>('GET', `/v1/contacts?email=${name}%40example.com`);
const ledger = async ({ insist }: AudienceWorld, id: string): Promise<string[]> => {
  const { entries } = await insist<{ entries: Line[] }>('GET', `/v1/contacts/${id}/consent`);
  return entries.map(
    ({ channel, topic = '-', given, source }) => `${channel} ${topic} ${given ? 'yes' : 'no'} ${source}`,
  );
};
const importCsv = async ({ world }: AudienceWorld, body: string) => {
  const headers = { authorization: `Bearer ${world.adminToken}`, 'content-type': 'text/csv' };
  const path = '/v1/contacts/import';
  const { status } = await world.http({ method: 'POST', path, headers, body } as never);
  expect(status).toBe(202);
  await world.drain();
};
const patch = ({ insist }: AudienceWorld, { id }: Contact, body: object) =>
  insist<Contact>('PATCH', `/v1/contacts/${id}`, body);

const form = {
  name: 'News',
  fields: { email: { type: 'email', required: true } },
  consent: { field: 'agree', value: 'yes', channel: 'email', topic: 'news', text: 'Write to me.' },
};

/** Who says yes to mail and to its news; the form says both in one word. */
const doors: Record<string, (world: AudienceWorld) => Promise<unknown>> = {
  async 'form:news'(world) {
    await world.insist('PUT', '/v1/forms/news', form);
    const body = { email: 'ada@example.com', agree: 'yes' };
    await world.world.http({ method: 'POST', path: '/v1/forms/news', body } as never);
  },
  import: (world) => importCsv(world, 'consent.news,email,consent.email\nyes,ada@example.com,yes\n'),
  async api(world) {
    await world.identify('ada', { consent: [] });
    await world.drain();
    await patch(world, await contactOf(world, 'ada'), { consent: { news: true, email: true } });
  },
  identify: (world) => world.identify('ada', { consent: ['news', 'email'] }),
};

test.each(Object.keys(doors))(
  '%s: a topic stands with its channel, and ends with its address',
  async (door) => {
    const world = await open();
    await doors[door]?.(world);
    await world.drain();
    const ada = await contactOf(world, 'ada');
    const said = [`email - yes ${door}`, `email news yes ${door}`];
    expect((await ledger(world, ada.id)).toSorted()).toEqual(said);
    const moved = await patch(world, ada, { set: { email: 'ada@new.example' } });
    expect(moved.consent).toEqual({});
    const ended = ['email - no address-changed', 'email news no address-changed'];
    expect((await ledger(world, ada.id)).toSorted()).toEqual([...ended, ...said].toSorted());
  },
);

test('a topic said by itself opens no channel, and a no to it closes none that was agreed to', async () => {
  const world = await open();
  await importCsv(world, 'email,consent.offers\nada@example.com,yes\n');
  const ada = await contactOf(world, 'ada');
  expect(ada.consent).toMatchObject({ offers: { given: true, channel: 'email' } });
  expect(ada.consent.email).toBeUndefined();
  const left = await patch(world, ada, { consent: { offers: false, email: true } });
  expect([left.consent.email?.given, left.consent.offers?.given]).toEqual([true, false]);
  expect(await ledger(world, ada.id)).toContain('email offers no api');
});

test('a topic of who agreed to texts only is about texts, and stays when the mail address changes', async () => {
  const world = await open();
  await importCsv(world, 'email,phone,consent.sms,consent.news\nada@example.com,+4915112345678,yes,yes\n');
  const ada = await contactOf(world, 'ada');
  expect(await ledger(world, ada.id)).toContain('sms news yes import');
  const moved = await patch(world, ada, { set: { email: 'ada@new.example' } });
  expect(Object.keys(moved.consent).toSorted()).toEqual(['news', 'sms']);
  const without = await patch(world, ada, { unset: ['phone'] });
  expect(without.consent).toEqual({});
});
