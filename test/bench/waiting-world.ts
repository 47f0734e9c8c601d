/**
 * `node waiting-world.ts DIR enter COUNT` fills a data folder with runs that wait;
 * `node waiting-world.ts DIR restart` opens it again. Both print one line of JSON and end.
 */
import { enableCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

// As the command line does for `start`.
enableCompileCache();
const { beginWithSmallHeap } = await import('#infra/local/small-heap');
// The process begins anew, with its environment.
process.env.BENCH_BEGAN ??= String(performance.timeOrigin);
beginWithSmallHeap();
const { createWorld } = await import('#infra/local/world');
const { addContacts, referenceClient, start, startRuns } = await import('./reference.ts');

export interface Waiting {
  /** Milliseconds from the start of the process until the world is ready and quiet. */
  readyMs: number;
  running: number;
  rssMegabytes: number;
  heapMegabytes: number;
}

const [data = '', , count = '0'] = process.argv.slice(2);
const client = referenceClient();
const world = await createWorld({ data, client, clock: 'virtual', start, seed: 1 });
await world.drain();
const readyMs = performance.timeOrigin + performance.now() - Number(process.env.BENCH_BEGAN);
if (Number(count) > 0) {
  await addContacts(world, Number(count));
  await startRuns(world, Number(count));
}
const running = world.usage().machines.reduce((sum, machine) => sum + machine.running, 0);
const rssMegabytes = process.memoryUsage.rss() / 2 ** 20;
// What is really held, without the garbage that nobody has needed to collect yet.
setFlagsFromString('--expose-gc');
runInNewContext('gc')();
const heapMegabytes = process.memoryUsage().heapUsed / 2 ** 20;
const result: Waiting = { readyMs, running, rssMegabytes, heapMegabytes };
console.log(JSON.stringify(result));
await world.close();
