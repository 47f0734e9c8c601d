import type { World } from './local/world.ts';
import { manifest } from './manifest.ts';
import type { Usage } from './prices.ts';

/** What a world has used so far, in the units that AWS bills; what runs by the clock alone is left out. */
export interface Used {
  transitions: number;
  /** Calls, by function. */
  functions: Record<string, number>;
  reads: number;
  writes: number;
}

/**
 * These run by the clock, whatever the number of contacts. `review-contacts`, `enroll-members` and
 * `continue-imports` also work for single contacts, but their rounds cannot be told from that work, and over
 * the days of a journey the rounds would outweigh it: left out as a whole.
 */
const byTheClock: ReadonlySet<string> = new Set(
  manifest
    .filter(
      ({ record }) =>
        // Operators ask and watch, however many contacts there are.
        record.room === 'operations' ||
        record.triggers.every(({ kind }) => kind === 'schedule' || kind === 'deployment'),
    )
    .map(({ record }) => record.name),
);
const perContact = <T>(counts: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(counts).filter(([name]) => !byTheClock.has(name)));

/** @param of functions to count; all of them when left out */
export const usedBy = (world: World, of: (name: string) => boolean = () => true): Used => {
  const { machines, tables, functions } = world.usage();
  const chosen = <T>(counts: Record<string, T>): Record<string, T> =>
    Object.fromEntries(Object.entries(perContact(counts)).filter(([name]) => of(name)));
  const callers = Object.values(chosen(tables.callers));
  const units = callers.flatMap((byTable) => Object.values(byTable));
  return {
    transitions: machines.reduce((sum, { transitions }) => sum + transitions, 0),
    functions: chosen(functions),
    reads: units.reduce((sum, { readUnits }) => sum + readUnits, 0),
    writes: units.reduce((sum, { writeUnits }) => sum + writeUnits, 0),
  };
};

/**
 * Nothing here is measured on AWS: a warm ARM function of this kind mostly waits for DynamoDB, some
 * milliseconds a request. Sends wait for SES.
 */
const assumedMilliseconds = (functionName: string): number => (functionName === 'run-step' ? 100 : 40);

const megabytesOf = (functionName: string): number =>
  manifest.find(({ record }) => record.name === functionName)?.record.memoryMegabytes ?? 128;

/** @param functions calls by function */
const gigabyteSeconds = (functions: Record<string, number>): number =>
  Object.entries(functions).reduce(
    (sum, [name, calls]) => sum + (calls * assumedMilliseconds(name) * megabytesOf(name)) / 1000 / 1024,
    0,
  );

const sumOf = (counts: Record<string, number>): number =>
  Object.values(counts).reduce((sum, n) => sum + n, 0);

/** What the work of functions and tables comes to. */
export const computeUsage = ({
  functions,
  reads,
  writes,
}: Pick<Used, 'functions' | 'reads' | 'writes'>): Pick<
  Usage,
  'lambdaRequests' | 'lambdaGigabyteSeconds' | 'dynamoReadUnits' | 'dynamoWriteUnits'
> => ({
  lambdaRequests: sumOf(functions),
  lambdaGigabyteSeconds: gigabyteSeconds(functions),
  dynamoReadUnits: reads,
  dynamoWriteUnits: writes,
});
