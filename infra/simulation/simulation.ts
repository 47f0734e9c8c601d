import type { Simulation } from '#model/simulation';
import { createPlan } from '#statemachines/compile/plan';
import type { Journey } from '#statemachines/document/schema';
import type { ClientFolder } from '../client-folder.ts';
import type { World } from '../local/world.ts';
import type { WorldOptions } from '../local/world-options.ts';
import { manifest } from '../manifest.ts';
import { arrive } from './arrive.ts';
import { createBudget, type Limits } from './budget.ts';
import { happen, Impossible } from './happen.ts';
import { idFor } from './lots.ts';
import { tellSimulation } from './tell.ts';
import { timeOf, type Walk } from './walk.ts';

/** How a world is opened: handed in, because a world holds the function that simulates. */
export type OpenWorld = (options: WorldOptions) => Promise<World>;

export interface SimulationOptions {
  folder: ClientFolder;
  document: Journey;
  /** Milliseconds since the epoch. */
  start: number;
  seed: number;
  limits?: Limits | undefined;
}

export interface Walked extends Simulation {
  /** Why the walk stands still where something of its events could not happen. */
  impossible?: string;
}

/** Walks the compiled machine with the real functions, each contact on its own way, on one virtual clock. */
export const simulateIn =
  (openWorld: OpenWorld) =>
  async (walks: readonly Walk[], options: SimulationOptions): Promise<Walked[]> => {
    const budget = createBudget(options.limits);
    const world = await openWorld(worldOptions(options, budget.intercept));
    try {
      return await walkAll(world, walks, options, budget.check);
    } finally {
      await world.close();
    }
  };

/** Nobody reads reports of a simulation, and nothing crashes that the sweep would have to mend often. */
const needed = manifest
  .filter(({ record }) => record.name !== 'fold-counts')
  .map((entry) =>
    entry.record.name === 'sweep'
      ? { ...entry, record: { ...entry.record, triggers: [{ kind: 'schedule' as const, everyMinutes: 60 }] } }
      : entry,
  );

const worldOptions = (
  { folder, start, seed }: SimulationOptions,
  intercept: WorldOptions['intercept'],
): WorldOptions => ({
  client: folder,
  clock: 'virtual',
  start,
  seed,
  sync: 'off',
  autoDelivery: false,
  manifest: needed,
  // Nothing is to leave this process, whatever the environment says.
  endpoints: { ses: undefined, sns: undefined },
  ...(intercept && { intercept }),
});

const walkAll = async (
  world: World,
  walks: readonly Walk[],
  { document, start, seed }: SimulationOptions,
  check: () => void,
): Promise<Walked[]> => {
  const people = walks.map((walk, i) => ({ walk, id: idFor(document, walk, `${seed}.${i}`) }));
  const impossible = new Map<string, string>();
  for (const { walk, id } of people) await arrive(world, walk, id, document, start);
  const agenda = people.flatMap(({ walk, id }) =>
    walk.events.map((event) => ({ at: timeOf(event.at, start), id, event })),
  );
  for (const { at, id, event } of agenda.filter((a) => a.at >= start).sort((a, b) => a.at - b.at)) {
    check();
    await world.advanceTo(Math.max(at, world.clock.now()));
    await happen(world, id, event).catch((error: unknown) => {
      if (!(error instanceof Impossible)) throw error;
      if (!impossible.has(id)) impossible.set(id, error.message);
    });
    await world.drain();
  }
  await runOut(world, start, check);
  const plan = createPlan(document);
  return Promise.all(
    people.map(async ({ id }) => {
      const why = impossible.get(id);
      return { ...(await tellSimulation(world, id, plan, start)), ...(why && { impossible: why }) };
    }),
  );
};

const day = 86_400_000;

/** A run lasts at most a year. */
const runOut = async (world: World, start: number, check: () => void): Promise<void> => {
  for (let days = 0; days <= 372 && isRunning(world); days += 6) {
    check();
    await world.advanceTo(Math.max(world.clock.now(), start + days * day));
  }
};

const isRunning = (world: World): boolean => world.executions().some(({ status }) => status === 'RUNNING');
