import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Recorded, readUsed, recording, usedFile } from './used.ts';
import { grantedKeys } from './uses.ts';

const root = join(import.meta.dirname, '../../..');

/** Around a run of `WAYLEAF_UPDATE=grants`: what it recorded goes into used.json. */
export default function recordUses(): () => void {
  rmSync(recording, { force: true });
  return () => {
    if (existsSync(recording)) fold(readFileSync(recording, 'utf8').trim().split('\n'));
    rmSync(recording, { force: true });
  };
}

const fold = (lines: readonly string[]): void => {
  const found = lines.map((line): Recorded => JSON.parse(line)).sort(byWorth);
  // What was shown before stays, as long as its test is there: most of this run shows the same again.
  const before = readUsed().filter(({ file }) => existsSync(join(root, file)));
  const known = new Map([...before, ...found].reverse().map((recorded) => [recorded.key, recorded]));
  const kept = grantedKeys().flatMap((key) => known.get(key) ?? []);
  writeFileSync(usedFile, `[\n${kept.map((recorded) => JSON.stringify(recorded)).join(',\n')}\n]\n`);
};

/** The function's own tests first; then the same every time. */
const byWorth = (a: Recorded, b: Recorded): number =>
  Number(isOwn(b)) - Number(isOwn(a)) ||
  Number(b.test !== '') - Number(a.test !== '') ||
  (a.file < b.file ? -1 : 1);
const isOwn = ({ key, file }: Recorded): boolean => file.includes(`/${key.split(' ')[0]}/`);
