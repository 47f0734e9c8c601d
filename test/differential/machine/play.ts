import { createWorld, type World } from '#infra/local/world';
import type { WorldOptions } from '#infra/local/world-options';
import { manifest as allFunctions, type FunctionEntry } from '#infra/manifest';
import { iso } from '#kernel/clock';
import { derivedId } from '#kernel/ids';
import { emptyContact } from '#model/contact';
import { newContactWrite } from '#store/contacts/contacts';
import { transact } from '#store/table';
import type { Case, Story } from '../interpreter/story.ts';
import { house } from './client.ts';
import { happen, meet } from './happen.ts';
import { readStory } from './read-story.ts';

export interface Player {
  given: Case;
  /** Id of the contact. */
  id: string;
}

export const contactId = (lot: number): string => derivedId('differential', lot);

export const playersOf = (cases: readonly Case[]): Player[] =>
  cases.map((given) => ({ given, id: contactId(given.lot) }));

/** Nobody reads reports, nothing crashes, and no test is decided. */
const idle = new Set(['fold-counts', 'decide-winner', 'sweep', 'watch-rates']);
export const functionsOfPlay: readonly FunctionEntry[] = allFunctions.filter(
  ({ record }) => !idle.has(record.name),
);

const before = 3_600_000;
const longest = 372 * 86_400_000;
/** Also where no run goes on: dates of contacts and windows of segments are no further ahead. */
const latestDate = 40 * 86_400_000;

/** All of them in one world, on one clock: the compiled machines with the real functions. */
export const play = async (
  players: readonly Player[],
  options: WorldOptions = {},
  prepare: (world: World) => Promise<void> = async () => {},
): Promise<Story[]> => {
  const starts = players.map(({ given }) => Date.parse(given.start));
  const world = await createWorld({
    client: house(players.map(({ given }) => given)),
    ...{ clock: 'virtual', start: Math.min(...starts) - before, seed: 1, sync: 'off', autoDelivery: false },
    ...{ manifest: functionsOfPlay, endpoints: { ses: undefined, sns: undefined }, logLevel: 'error' },
    ...options,
  });
  try {
    await prepare(world);
    await live(world, players);
    return await Promise.all(players.map((player) => readStory(world, player)));
  } finally {
    await world.close();
  }
};

/** What happens at one instant happens to all of them before anybody looks. */
const live = async (world: World, players: readonly Player[]): Promise<void> => {
  const agenda = Map.groupBy(
    players.flatMap((player) => actsOf(world, player)),
    ({ at }) => at,
  );
  for (const at of [...agenda.keys()].sort((a, b) => a - b)) {
    await world.advanceTo(at);
    await Promise.all(agenda.get(at)!.map(({ act }) => act()));
    await world.drain();
  }
  const from = world.clock.now();
  await world.advanceTo(from + latestDate);
  for (let ms = latestDate; ms <= longest && isBusy(world); ms += longest / 24)
    await world.advanceTo(from + ms);
};

const isBusy = (world: World): boolean => world.executions().some(({ status }) => status === 'RUNNING');

const actsOf = (world: World, { given, id }: Player) => [
  { at: Date.parse(given.start), act: () => begin(world, given, id) },
  ...given.happenings.map((happening, i) => ({
    at: Date.parse(happening.at),
    act: () => happen(world, id, happening, i),
  })),
];

const begin = async (world: World, { contact }: Case, id: string): Promise<void> => {
  const { store, clock } = world;
  await transact(store.dynamodb, [newContactWrite(store, emptyContact(id, iso(clock.now())), [])]);
  await meet(world, id, contact);
};
