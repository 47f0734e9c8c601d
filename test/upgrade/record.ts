import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { backUp, worldFile } from '#infra/local/backup/backup';
import { createWorld } from '#infra/local/world';
import release from '../../package.json' with { type: 'json' };
import { folderOfRelease, outcomeOf, playAfter, playBefore, start } from './story.ts';

/** Writes `releases/<version>`: run once, when that version is released. */
const into = join(import.meta.dirname, 'releases', release.version);
const scratch = join(tmpdir(), `wayleaf-record-${process.pid}`);
const [data, backup] = [join(scratch, 'data'), join(scratch, 'backup')];

const client = folderOfRelease();
const world = await createWorld({ data, client, clock: 'virtual', start, seed: 1, sync: 'off' });
await playBefore(world);
backUp(data, backup);
await playAfter(world);
const expected = await outcomeOf(world);
await world.close();

mkdirSync(into, { recursive: true });
writeFileSync(join(into, 'world.sqlite.gz'), gzipSync(readFileSync(worldFile(backup)), { level: 9 }));
writeFileSync(join(into, 'folder.json'), `${JSON.stringify(client)}\n`);
writeFileSync(join(into, 'expected.json'), `${JSON.stringify(expected, null, 2)}\n`);
rmSync(scratch, { recursive: true, force: true });
console.log(`${into}: ${expected.messages.length} messages`);
