import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const script = `
import { getHeapSpaceStatistics } from 'node:v8';
import { beginWithSmallHeap } from ${JSON.stringify(new URL('./small-heap.ts', import.meta.url).href)};
console.log(process.pid);
beginWithSmallHeap();
let kept = [];
for (let i = 0; i < 3_000_000; i++) {
  if (kept.length > 60_000) kept = [];
  kept.push({ i });
}
const young = getHeapSpaceStatistics().find((space) => space.space_name === 'new_space');
console.log(process.pid, process.argv.slice(1).join(' '), young.space_size / 2 ** 20);
`;

test('the process begins again by itself, once, with its arguments and a young heap of at most 16 MB', () => {
  const args = ['--input-type=module', '--eval', script, '--', 'start', 'now'];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const [first, second, last = ''] = stdout.trim().split('\n');
  const [pid, ...rest] = last.split(' ');

  expect(stderr).toBe('');
  expect([second, pid]).toEqual([first, first]);
  expect(rest.slice(0, -1)).toEqual(['start', 'now']);
  expect(Number(rest.at(-1))).toBeLessThanOrEqual(16);
});
