/**
 * A world as `wayleaf start --clock real --data DIR` makes it, which can also be profiled.
 * `node world-server.ts DIR` prints `world ready URL`; then `profile`, `stop` and `drain` on standard
 * input, each answered with a line of JSON.
 */
import { createInterface } from 'node:readline';
import { beginWithSmallHeap } from '#infra/local/small-heap';
import { createWorld } from '#infra/local/world';
import { percentIdle, startProfile, timeByFunction, timeByPlace } from './profile.ts';

beginWithSmallHeap();
const world = await createWorld({
  data: process.argv[2],
  client: 'acme',
  clock: 'real',
});
const server = await world.listen({ port: 0 });
let stopProfile: Awaited<ReturnType<typeof startProfile>> | undefined;

const commands: Record<string, () => Promise<unknown>> = {
  async profile() {
    stopProfile = await startProfile();
    return {};
  },
  async stop() {
    const profile = await stopProfile!();
    return { places: timeByPlace(profile), functions: timeByFunction(profile), idle: percentIdle(profile) };
  },
  /** Until everything that was accepted is heard by the journeys and counted. */
  async drain() {
    const start = performance.now();
    await world.drain();
    return { seconds: (performance.now() - start) / 1000, heard: world.usage().functions['hear-event'] ?? 0 };
  },
};

const lines = createInterface({ input: process.stdin });
lines.on('line', async (command) => console.log(JSON.stringify((await commands[command]?.()) ?? {})));
lines.on('close', () => process.exit(0));
console.log(`world ready ${server.url}`);
