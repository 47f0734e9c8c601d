import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type Recorded, readUsed, recording, usedFile } from './used.ts';
import { grantedKeys } from './uses.ts';

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
  // What this run did not come by was perhaps not among its tests.
  const known = new Map([...found, ...readUsed()].reverse().map((recorded) => [recorded.key, recorded]));
  const kept = grantedKeys().flatMap((key) => known.get(key) ?? []);
  writeFileSync(usedFile, `[\n${kept.map((recorded) => JSON.stringify(recorded)).join(',\n')}\n]\n`);
};

/** The function's own tests first; then the same every time. */
const byWorth = (a: Recorded, b: Recorded): number =>
  Number(isOwn(b)) - Number(isOwn(a)) ||
  Number(b.test !== '') - Number(a.test !== '') ||
  (a.file < b.file ? -1 : 1);
const isOwn = ({ key, file }: Recorded): boolean => file.includes(`/${key.split(' ')[0]}/`);
