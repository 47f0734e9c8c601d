import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { prepareMessage } from '#channels/prepare';
import { createMail } from '#infra/local/mail/mail';
import { openDatabase } from '#infra/local/sqlite/database';
import { createWorld } from '#infra/local/world';
import { addContacts, start, startRuns } from '../reference.ts';
import { rounded, type Table } from '../section.ts';
import { folderWith, journeyOf, orderFor, templateId } from './client.ts';
import { compiled } from './renders.ts';

export interface Sends {
  count: number;
  ours: number;
  bare: number;
  /** That did not go out, or more than once. */
  wrong: number;
}

/** From each contact's event to the last mail in the outbox: entering, the machine, claim, SES, the answer. */
const throughWorld = async (data: string, count: number): Promise<{ perSecond: number; wrong: number }> => {
  const journey = journeyOf('bench', { event: 'Trial Started' }, { type: 'email', template: templateId });
  const client = folderWith({ bench: journey });
  const world = await createWorld({ data, client, clock: 'virtual', start, seed: 1 });
  try {
    await addContacts(world, count);
    const begin = performance.now();
    await startRuns(world, count);
    const perSecond = (1000 * count) / (performance.now() - begin);
    const sent = (await world.outbox()).map(({ to }) => to);
    return { perSecond, wrong: Math.abs(sent.length - count) + (sent.length - new Set(sent).size) };
  } finally {
    await world.close();
  }
};

const atOnce = 50;

/** The same mail made and put into an outbox that is fsynced: no contact, no consent, no claim, no journey. */
const withoutClaim = async (data: string, count: number): Promise<number> => {
  mkdirSync(data, { recursive: true });
  const template = await compiled();
  const db = openDatabase(join(data, 'bare.sqlite'), { sync: 'full' });
  const clock = { now: Date.now };
  const { ses } = createMail({ db, clock, region: 'eu-central-1', account: '111122223333' });
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      const prepared = await prepareMessage(orderFor(next++, template));
      if (!('message' in prepared) || prepared.message.channel !== 'email') throw new Error('no mail');
      const { raw, to, envelopeFrom } = prepared.message;
      await ses('SendRawEmail', { Source: envelopeFrom, Destinations: [to], RawMessage: { Data: raw } });
    }
  };
  const begin = performance.now();
  await Promise.all(Array.from({ length: atOnce }, lane));
  const perSecond = (1000 * count) / (performance.now() - begin);
  await db.close();
  return perSecond;
};

export const measureSends = async (folder: string, count: number): Promise<Sends> => {
  await throughWorld(join(folder, 'sends-warm'), 50);
  await withoutClaim(join(folder, 'bare-warm'), 50);
  const bare = await withoutClaim(join(folder, 'bare'), count);
  const { perSecond, wrong } = await throughWorld(join(folder, 'sends'), count);
  return { count, ours: perSecond, bare, wrong };
};

export const sendTable = ({ count, ours, bare }: Sends): Table => ({
  title: `${count} contacts, an event and a mail each, on one machine with fsync`,
  header: ['', 'mails per second', 'ms each'],
  rows: [
    ['made and put into an outbox, nothing else', rounded(bare), rounded(1000 / bare)],
    ['wayleaf, from the event to the answer of SES', rounded(ours), rounded(1000 / ours)],
    ['ratio', rounded(ours / bare), ''],
  ],
});
