import type { Happening } from '#model/happening';
import { prices } from '../prices.ts';
import type { OpenWorld } from '../simulation/simulation.ts';

/** What the people of a rehearsal were told of, to other systems. */
export interface Told {
  /** So many for each state transition. */
  perTransition: number;
  /** Of one line. */
  bytes: number;
}

const gigabyte = 1024 ** 3;
const billedBytes = 5 * 1024;

/** Listens to the worlds of a forecast. Whoever enters no journey only measures the front door, and is left out. */
export const listen = (openWorld: OpenWorld): { openWorld: OpenWorld; heard: () => Told } => {
  const all: Happening[] = [];
  let transitions = 0;
  return {
    openWorld: async (options) => {
      const world = await openWorld({
        ...options,
        tell: async (happenings) => {
          all.push(...happenings);
        },
      });
      const close = async (): Promise<void> => {
        transitions += world.usage().machines.reduce((sum, machine) => sum + machine.transitions, 0);
        await world.close();
      };
      return { ...world, close };
    },
    heard: () => {
      const entered = new Set(all.filter(({ type }) => type === 'run-entered').map(({ contact }) => contact));
      const lines = all.filter(({ contact }) => entered.has(contact)).map((each) => JSON.stringify(each));
      return {
        perTransition: lines.length / Math.max(1, transitions),
        bytes: lines.reduce((sum, line) => sum + line.length + 1, 0) / Math.max(1, lines.length),
      };
    },
  };
};

/**
 * What it costs to tell so many lines, on the bus and, where they are filed, on S3. Firehose's files are some cents a
 * month, as it gathers for 15 minutes; how it measures its hours of jq, AWS does not say: both are left out.
 */
export const costOfTelling = (told: number, bytes: number, isFiled: boolean) => [
  { unit: 'eventsTold', used: told, dollars: told * prices.busEvent },
  ...(isFiled
    ? [
        {
          unit: 'eventsFiled',
          used: told,
          dollars:
            (told *
              (Math.max(billedBytes, bytes) * prices.firehoseGigabyte + bytes * prices.partitionedGigabyte)) /
            gigabyte,
        },
      ]
    : []),
];
