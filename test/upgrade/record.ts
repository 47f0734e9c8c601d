import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { backUp, worldFile } from '#infra/local/backup/backup';
import { createWorld } from '#infra/local/world';
import release from '../../package.json' with { type: 'json' };
import { type Histories, historiesOf } from './histories.ts';
import { type RecordedCall, recordingManifest } from './recorded-calls.ts';
import { folderOfRelease, outcomeOf, playAfter, playBefore, start } from './story.ts';

/** Writes `releases/<version>`: run once, when that version is released. */
const into = join(import.meta.dirname, 'releases', release.version);
if (existsSync(into)) {
  console.error(
    `${release.version} is recorded already, and stays as it was. For the next release raise "version" in package.json first.`,
  );
  process.exit(1);
}
const scratch = join(tmpdir(), `wayleaf-record-${process.pid}`);
const [data, backup] = [join(scratch, 'data'), join(scratch, 'backup')];

const client = folderOfRelease();
const calls: RecordedCall[] = [];
const manifest = recordingManifest(calls);
const world = await createWorld({ data, client, clock: 'virtual', start, seed: 1, sync: 'off', manifest });
await playBefore(world);
backUp(data, backup);
let histories: Histories = {};
await playAfter(world, async () => {
  histories = await historiesOf(world);
});
const expected = await outcomeOf(world);
await world.close();

const write = (name: string, content: string | Uint8Array): void => writeFileSync(join(into, name), content);
mkdirSync(into, { recursive: true });
write('world.sqlite.gz', gzipSync(readFileSync(worldFile(backup)), { level: 9 }));
write('folder.json', `${JSON.stringify(client)}\n`);
write('expected.json', `${JSON.stringify(expected, null, 2)}\n`);
write('histories.json.gz', gzipSync(JSON.stringify(histories), { level: 9 }));
write('calls.json.gz', gzipSync(JSON.stringify(calls), { level: 9 }));
rmSync(scratch, { recursive: true, force: true });
console.log(
  `${into}: ${expected.messages.length} messages, ${Object.keys(histories).length} histories, ${calls.length} calls`,
);
