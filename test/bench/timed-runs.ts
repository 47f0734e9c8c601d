import { createWorld } from '#infra/local/world';
import { addContacts, journeyTime, referenceClient, start, startRuns } from './reference.ts';

const open = (data: string) =>
  createWorld({ data, client: referenceClient(), clock: 'virtual', start, seed: 1 });

export interface TimedRuns {
  seconds: number;
  enteringSeconds: number;
  cpuSeconds: number;
  ended: number;
  mails: number;
}

/** From each contact's event until all of their runs have ended. */
export const timeRuns = async (
  data: string,
  count: number,
  aroundIt = (work: () => Promise<void>) => work(),
) => {
  const world = await open(data);
  try {
    await addContacts(world, count);
    const cpu = process.cpuUsage();
    const begin = performance.now();
    let entered = begin;
    await aroundIt(async () => {
      await startRuns(world, count);
      entered = performance.now();
      await world.advance(journeyTime);
    });
    const end = performance.now();
    const { user, system } = process.cpuUsage(cpu);
    const ended = world.executions().filter(({ status }) => status === 'SUCCEEDED').length;
    const mails = (await world.outbox()).filter(({ channel }) => channel === 'email').length;
    const seconds = (end - begin) / 1000;
    const enteringSeconds = (entered - begin) / 1000;
    return { seconds, enteringSeconds, cpuSeconds: (user + system) / 1e6, ended, mails } satisfies TimedRuns;
  } finally {
    await world.close();
  }
};
