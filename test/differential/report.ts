import type { WorldOptions } from '#infra/local/world-options';
import { someCase } from './cases/cases.ts';
import { shrink } from './shrink.ts';
import { casesInOneWorld, isFailure, tryCases, type Verdict } from './trial.ts';

/** How far it came, and what it met. */
export interface Tally {
  cases: number;
  /** Something happened to the contact in a run. */
  telling: number;
  runs: number;
  sends: number;
  tied: number;
  raced: number;
  failures: Verdict[];
}

/** Cases of consecutive seeds, world after world. Stops at the first world that holds a failure. */
export const tryMany = async (
  {
    from,
    count,
    onProgress = () => {},
  }: { from: number; count: number; onProgress?: (done: number) => void },
  options: WorldOptions = {},
): Promise<Tally> => {
  const tally: Tally = { cases: 0, telling: 0, runs: 0, sends: 0, tied: 0, raced: 0, failures: [] };
  while (tally.cases < count && tally.failures.length === 0) {
    const size = Math.min(casesInOneWorld, count - tally.cases);
    const first = from + tally.cases;
    add(
      tally,
      await tryCases(
        Array.from({ length: size }, (_, i) => someCase(first + i)),
        options,
      ),
    );
    onProgress(tally.cases);
  }
  return tally;
};

const add = (tally: Tally, verdicts: readonly Verdict[]): void => {
  for (const verdict of verdicts) {
    const { runs, isTied, isRaced } = verdict;
    tally.cases++;
    tally.runs += runs.length;
    tally.sends += runs.flatMap(({ path }) => path.filter(({ sent }) => sent !== undefined)).length;
    if (runs.some(({ path }) => path.length > 0)) tally.telling++;
    if (isTied) tally.tied++;
    if (isRaced) tally.raced++;
    if (isFailure(verdict)) tally.failures.push(verdict);
  }
};

const patience = 40;

/** A small case that still fails, and how to keep it. */
export const explain = async (
  { given, differences }: Verdict,
  options: WorldOptions = {},
): Promise<string> => {
  const fails = async (cases: Parameters<typeof tryCases>[0]) =>
    (await tryCases(cases, options)).map(isFailure);
  const small = await shrink(given, { fails, atOnce: casesInOneWorld, patience });
  const [verdict] = await tryCases([small], options);
  return [
    `The interpreter and the compiled machine disagree about the case of seed ${given.lot}:`,
    ...differences.slice(0, 20),
    '',
    'A smaller case that still fails; it belongs into test/differential/examples/ under a name that says what it found:',
    JSON.stringify(small, null, 2),
    ...(verdict?.differences ?? []),
  ].join('\n');
};
