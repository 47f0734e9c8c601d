import { explain, tryMany } from './report.ts';

/** `npx node test/differential/run.ts [CASES [SEED]]`: as many cases as one has time for, with a bar. */
const [count = Number(process.env.WAYLEAF_CASES ?? 1000), from = Number(process.env.WAYLEAF_SEED ?? 1)] =
  process.argv.slice(2).map(Number);

const width = 40;
const onProgress = (done: number): void => {
  if (!process.stderr.isTTY) return;
  const filled = Math.round((done / count) * width);
  process.stderr.write(`\r${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${done} of ${count}`);
};

const { failures, ...tally } = await tryMany({ from, count, onProgress });
if (process.stderr.isTTY) process.stderr.write('\n');
console.log(JSON.stringify(tally));
if (failures[0]) {
  for (const { given, differences } of failures)
    console.log([`seed ${given.lot}`, ...differences].join('\n  '));
  console.log(await explain(failures[0]));
  process.exitCode = 1;
}
