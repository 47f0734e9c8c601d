/** Complete runs as `wayleaf start` has them: `node runs-process.ts DIR WARMING COUNT` prints one JSON line. */
import { beginWithSmallHeap } from '#infra/local/small-heap';

beginWithSmallHeap();
const { timeRuns } = await import('./timed-runs.ts');
const [data = '', warming = '', count = ''] = process.argv.slice(2);
await timeRuns(`${data}-warm`, Number(warming));
console.log(JSON.stringify(await timeRuns(data, Number(count))));
