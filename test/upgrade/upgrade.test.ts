import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import type { ClientFolder } from '#infra/client-folder';
import { createWorld, type World } from '#infra/local/world';
import { folderOfRelease, outcomeOf, playAfter } from './story.ts';

const releases = join(import.meta.dirname, 'releases');
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
  const packed = readFileSync(join(releases, release, 'world.sqlite.gz'));
  writeFileSync(join(data, 'world.sqlite'), gunzipSync(packed));
  entry.world = await createWorld({ data, client, clock: 'virtual', seed: 1, sync: 'off' });
  return entry.world;
};

describe.each(readdirSync(releases))('runs in flight of release %s', (release) => {
  test('end as they would have, with the same folder', async () => {
    const world = await upgrade(release, read<ClientFolder>(release, 'folder.json'));
    await playAfter(world);
    expect(await outcomeOf(world)).toEqual(read(release, 'expected.json'));
  });

  test('end as they would have while today’s journeys are deployed over them', async () => {
    const world = await upgrade(release, folderOfRelease());
    await playAfter(world);
    expect(await outcomeOf(world)).toEqual(read(release, 'expected.json'));
  });
});
