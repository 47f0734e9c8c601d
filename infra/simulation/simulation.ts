import type { Simulation, SimulationEvent } from '#model/simulation';
import { createPlan } from '#statemachines/compile/plan';
import type { Journey } from '#statemachines/document/schema';
import type { ClientFolder } from '../client-folder.ts';
import type { World } from '../local/world.ts';
import type { WorldOptions } from '../local/world-options.ts';
import { type FunctionEntry, manifest } from '../manifest.ts';
import { arrive } from './arrive.ts';
import { createBudget, type Limits } from './budget.ts';
import { happen, Impossible } from './happen.ts';
import { idFor } from './lots.ts';
import { readOutbox, tellSimulation } from './tell.ts';
import { timeOf, type Walk } from './walk.ts';
import { playWebhooks } from './webhooks.ts';

/** How a world is opened: handed in, because a world holds the function that simulates. */
export type OpenWorld = (options: WorldOptions) => Promise<World>;

export interface SimulationOptions {
  folder: ClientFolder;
  document: Journey;
  /** Milliseconds since the epoch. */
  start: number;
  seed: number;
  limits?: Limits | undefined;
  /** A look at the world at its end; it then also counts for reports, as on AWS. */
  watch?: ((world: World) => Promise<void>) | undefined;
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
    const { document, seed } = options;
    const people = walks.map((walk, i) => ({ walk, id: idFor(document, walk, `${seed}.${i}`) }));
    const web = playWebhooks(document, people);
    const world = await openWorld({ ...worldOptions(options, budget.intercept), web });
    try {
      const walked = await walkAll(world, people, options, budget.check);
      await options.watch?.(world);
      return walked;
    } finally {
      await world.close();
    }
  };

/**
 * What a walk can do without: nothing crashes that the sweep would have to mend, and one contact is no
 * evidence for the winner of a test or against a journey's addresses. Time alone changes segments, dates and rules that are only a
 * condition; where a journey has none of them, nobody needs to look every minute of a year.
 */
const functionsFor = (document: Journey, isWatched: boolean): readonly FunctionEntry[] => {
  const idle = new Set([
    ...['sweep', 'decide-winner', 'watch-rates'],
    ...(isWatched ? [] : ['fold-counts']),
    ...(changesByTime(document) ? [] : ['review-contacts']),
  ]);
  return manifest.filter(({ record }) => !idle.has(record.name));
};

const changesByTime = (document: Journey): boolean =>
  /"(?:segment|date)":/.test(JSON.stringify(document)) || (document.exit ?? []).some(({ on }) => !on);

const worldOptions = (
  { folder, document, start, seed, watch }: SimulationOptions,
  intercept: WorldOptions['intercept'],
): WorldOptions => ({
  client: folder,
  clock: 'virtual',
  start,
  seed,
  sync: 'off',
  autoDelivery: false,
  manifest: functionsFor(document, watch !== undefined),
  // Nothing is to leave this process, whatever the environment says.
  endpoints: { ses: undefined, sns: undefined },
  ...(intercept && { intercept }),
});

const walkAll = async (
  world: World,
  people: readonly { walk: Walk; id: string }[],
  { document, start }: SimulationOptions,
  check: () => void,
): Promise<Walked[]> => {
  const impossible = new Map<string, string>();
  const come = (walk: Walk, id: string) => ({
    at: start + (walk.delayMs ?? 0),
    act: () => arrive(world, walk, id, document),
  });
  const meet = (id: string, event: SimulationEvent) => ({
    at: timeOf(event.at, start),
    act: () => happen(world, id, event).catch((error: unknown) => noteImpossible(impossible, id, error)),
  });
  const agenda = people.flatMap(({ walk, id }) => [
    come(walk, id),
    ...walk.events.map((event) => meet(id, event)).filter(({ at }) => at >= start),
  ]);
  for (const { at, act } of agenda.sort((a, b) => a.at - b.at)) {
    check();
    if (at > world.clock.now()) await world.advanceTo(at);
    await act();
    await world.drain();
  }
  await runOut(world, start, check);
  const told = { plan: createPlan(document), start, outbox: await readOutbox(world) };
  return Promise.all(
    people.map(async ({ id }) => {
      const why = impossible.get(id);
      return { ...(await tellSimulation(world, id, told)), ...(why && { impossible: why }) };
    }),
  );
};

const noteImpossible = (found: Map<string, string>, id: string, error: unknown): void => {
  if (!(error instanceof Impossible)) throw error;
  if (!found.has(id)) found.set(id, error.message);
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
