import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import type { ClientFolder } from '#infra/client-folder';
import { createWorld, type World } from '#infra/local/world';
import { Ended, Held } from '#kernel/errors';
import { type Histories, historiesOf } from './histories.ts';
import type { RecordedCall } from './recorded-calls.ts';
import { folderOfRelease, outcomeOf, playAfter } from './story.ts';

const releases = join(import.meta.dirname, 'releases');
const unpack = (release: string, file: string): Buffer =>
  gunzipSync(readFileSync(join(releases, release, `${file}.gz`)));
const read = <T>(release: string, file: string): T =>
  JSON.parse(readFileSync(join(releases, release, file), 'utf8')) as T;

const open: { world?: World; folder: string }[] = [];
afterEach(async () => {
  for (const { world, folder } of open.splice(0)) {
    await world?.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** The data of the release, with today's code on it. */
const upgrade = async (release: string, client: ClientFolder): Promise<World> => {
  const folder = mkdtempSync(join(tmpdir(), 'wayleaf-upgrade-'));
  const entry: (typeof open)[number] = { folder };
  open.push(entry);
  const data = join(folder, 'data');
  mkdirSync(data);
  writeFileSync(join(data, 'world.sqlite'), unpack(release, 'world.sqlite'));
  entry.world = await createWorld({ data, client, clock: 'virtual', seed: 1, sync: 'off' });
  return entry.world;
};

/** What a machine of any release knows how to take. */
const known: ReadonlySet<string> = new Set([Ended.name, Held.name]);

/** It is taken, and answered as machines and queues of that release understand it. */
const callAgain = async (world: World, { function: name, event }: RecordedCall): Promise<void> => {
  try {
    const answer = await world.invoke(name, event);
    if (name === 'hear-event') expect(answer).toEqual({ batchItemFailures: [] });
  } catch (error) {
    const { errorType = '' } = error as { errorType?: string };
    if (name !== 'run-step' || !known.has(errorType)) throw error;
  }
};

describe.each(readdirSync(releases))('runs in flight of release %s', (release) => {
  const histories = JSON.parse(String(unpack(release, 'histories.json'))) as Histories;
  const calls = JSON.parse(String(unpack(release, 'calls.json'))) as RecordedCall[];

  test('end as they would have, with the same folder, step by step', async () => {
    const world = await upgrade(release, read<ClientFolder>(release, 'folder.json'));
    await playAfter(world, async () => {
      // An answer may have members that the release did not know.
      expect(await historiesOf(world)).toMatchObject(histories);
    });
    expect(await outcomeOf(world)).toEqual(read(release, 'expected.json'));
  });

  test('end as they would have while today’s journeys are deployed over them', async () => {
    const world = await upgrade(release, folderOfRelease());
    await playAfter(world, async () => expect(await historiesOf(world)).toMatchObject(histories));
    expect(await outcomeOf(world)).toEqual(read(release, 'expected.json'));
  });

  test('what its machines, streams, topics and rules called is taken by today’s functions, and changes nothing twice', async () => {
    const names = new Set(calls.map((call) => call.function));
    expect(names).toEqual(new Set(['run-step', 'hear-event', 'end-run', 'take-feedback']));
    const world = await upgrade(release, read<ClientFolder>(release, 'folder.json'));
    await playAfter(world, async () => {
      for (const call of calls) await callAgain(world, call);
    });
    expect(await outcomeOf(world)).toEqual(read(release, 'expected.json'));
  });
});
