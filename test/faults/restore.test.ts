import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readClientFolder } from '#infra/client-folder';
import { readClientSettings } from '#infra/client-settings';
import { backUp, worldFile } from '#infra/local/backup/backup';
import { restore } from '#infra/local/backup/restore';
import { createWorld, type World } from '#infra/local/world';
import { type AudienceWorld, openAudience } from '#test/builders/audience-world';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'wayleaf-restore-'));
  folders.push(folder);
  return folder;
};

const { quietHours: _, caps: __, ...settings } = readClientFolder('acme').client as Record<string, unknown>;
const folder = { ...readClientFolder('acme'), client: settings, journeys: {}, segments: {} };
const client = readClientSettings(settings);
const open = (data: string) => openAudience({ data, client: folder, clock: 'virtual' });
const mail = (id: string) => ({ id, type: 'email', template: 'thank-you' });
const day = (id: string) => ({ id, type: 'wait', for: '1 day' });
const journey = {
  id: 'three',
  enter: { on: [{ event: 'Signed Up' }], again: 'always' },
  steps: [mail('one'), day('w1'), mail('two'), day('w2'), mail('three')],
};
const sent = async (world: World) => (await world.outbox()).map(({ sendId, to }) => ({ sendId, to }));

/** Three people on their way; a backup while it runs; a day and a half later everything is lost. */
const loseWorld = async () => {
  const [data, backup] = [join(newFolder(), 'data'), join(newFolder(), 'backup')];
  const lost: AudienceWorld = await open(data);
  await lost.publish(journey);
  for (const name of ['ada', 'bob', 'eve']) {
    await lost.identify(name);
    await lost.track(name, 'Signed Up');
  }
  await lost.advance('1 hour');
  backUp(data, backup);
  const before = await sent(lost.world);
  await lost.advance('1 day');
  const { id } = await lost.contact('eve');
  await lost.ask('DELETE', `/v1/contacts/${id}`);
  await lost.insist('PATCH', `/v1/contacts/${(await lost.contact('bob')).id}`, { consent: { email: false } });
  await lost.advance('12 hours');
  const after = (await sent(lost.world)).slice(before.length);
  const now = lost.world.clock.now();
  await lost.close();
  return { data, backup, before, after, now };
};

const goOn = async (data: string, from: number) => {
  const world = await open(data);
  await world.advance('10 days');
  const all = (await sent(world.world)).slice(from);
  const report = await world.report('three');
  const eve = await world.ask('GET', '/v1/contacts?userId=eve');
  await world.identify('new');
  await world.track('new', 'Signed Up');
  await world.advance('1 hour');
  const isNew = (await world.mails('new')).length;
  await world.close();
  return { all, report, eve: eve.status, isNew };
};

const openWorld = (data: string) => createWorld({ data, client: folder, clock: 'virtual' });

test('a world restored beside what is left of the lost one ends every run, and sends nothing twice', async () => {
  const { data, backup, before, after, now } = await loseWorld();
  expect(after).toHaveLength(3);
  const restored = join(newFolder(), 'data');
  const done = await restore({ backup, data: restored, client, lost: data, now, openWorld });
  expect(done).toMatchObject({ erased: 1 });
  expect(done.messages).toBeGreaterThan(0);
  const { all, report, eve } = await goOn(restored, before.length);
  const twice = all.filter(({ sendId }) => after.some((one) => one.sendId === sendId));
  expect(twice).toEqual([]);
  // Ada gets her third mail; Bob had said no, and Eve is gone.
  expect(all.map(({ to }) => to)).toEqual(['ada@example.com']);
  expect(eve).toBe(404);
  expect(report.active).toBe(0);
});

test('a world restored from a backup alone skips what may have been sent, and greets who is new', async () => {
  const { backup, before, after, now } = await loseWorld();
  const restored = join(newFolder(), 'data');
  await restore({ backup, data: restored, client, now, openWorld });
  const { all, report, isNew } = await goOn(restored, before.length);
  expect(all.filter(({ sendId }) => after.some((one) => one.sendId === sendId))).toEqual([]);
  expect(report.steps.find(({ id }) => id === 'two')?.skipped).toMatchObject({ restored: 3 });
  expect(report.active).toBe(0);
  expect(isNew).toBe(1);
});

const asking = {
  id: 'asking',
  enter: { on: [{ event: 'Signed Up' }] },
  steps: [
    mail('m'),
    {
      id: 'reaction',
      type: 'waitFor',
      branches: [
        {
          answer: 'Clicked',
          on: { message: 'm', was: 'clicked' },
          steps: [mail('thanks'), day('rest'), mail('later')],
        },
      ],
      atMost: '30 days',
      otherwise: { steps: [] },
    },
  ],
};

test('who clicks again, long after, is not thanked twice, and gets what the lost world cannot have sent', async () => {
  const [data, backup] = [join(newFolder(), 'data'), join(newFolder(), 'backup')];
  const lost = await open(data);
  await lost.publish(asking);
  await lost.identify('ada');
  await lost.track('ada', 'Signed Up');
  await lost.advance('1 hour');
  backUp(data, backup);
  const [first] = await sent(lost.world);
  const click = (world: World) => world.feedback({ sendId: first!.sendId!, type: 'click' });
  await click(lost.world);
  await lost.advance('2 hours');
  const [, thanks] = await sent(lost.world);
  expect(thanks).toBeDefined();
  const now = lost.world.clock.now();
  await lost.close();
  const restored = join(newFolder(), 'data');
  await restore({ backup, data: restored, client, now, openWorld });
  const world = await open(restored);
  await world.advance('5 days');
  await click(world.world);
  await world.advance('2 days');
  const after = (await sent(world.world)).slice(1);
  expect(after).toHaveLength(1);
  expect(after).not.toContainEqual(thanks);
  expect((await world.report('asking')).steps.find(({ id }) => id === 'thanks')?.skipped).toEqual({
    restored: 1,
  });
  await world.close();
});

const news = {
  name: 'News',
  fields: { email: { type: 'email', required: true } },
  consent: { field: 'agree', value: 'yes', channel: 'email', text: 'Write to me.' },
  doubleOptIn: true,
};
const postNews = ({ world }: AudienceWorld) =>
  world.http({ method: 'POST', path: '/v1/forms/news', body: { email: 'ada@example.com', agree: 'yes' } });

test('a form that was stored before the backup and heard after it is asked about once; a new post asks anew', async () => {
  const [data, backup] = [join(newFolder(), 'data'), join(newFolder(), 'backup')];
  const lost = await open(data);
  await lost.insist('PUT', '/v1/forms/news', news);
  await lost.insist('POST', '/v1/sending/pause', { channel: 'email' });
  await postNews(lost);
  await lost.advance('1 hour');
  backUp(data, backup);
  await lost.insist('POST', '/v1/sending/resume', { channel: 'email' });
  await lost.advance('1 hour');
  expect(await sent(lost.world)).toHaveLength(1);
  const now = lost.world.clock.now();
  await lost.close();
  const folder_ = join(newFolder(), 'data');
  await restore({ backup, data: folder_, client, now, openWorld });
  const world = await open(folder_);
  await world.insist('POST', '/v1/sending/resume', { channel: 'email' });
  await world.advance('10 days');
  expect(await sent(world.world)).toEqual([]);
  await postNews(world);
  await world.advance('1 hour');
  expect(await sent(world.world)).toHaveLength(1);
  await world.close();
});

test('refuses a backup that is not whole, and a folder in which a world is', async () => {
  const { data, backup, now } = await loseWorld();
  await expect(restore({ backup, data, client, now, openWorld })).rejects.toThrow('There is a world in');
  expect(() => backUp(data, backup)).toThrow('is not empty');
  appendFileSync(worldFile(backup), 'x');
  const restored = join(newFolder(), 'data');
  await expect(restore({ backup, data: restored, client, now, openWorld })).rejects.toThrow('checksum');
});
