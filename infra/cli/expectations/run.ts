import { dirname } from 'node:path';
import { isZone, parseMoment } from '#kernel/zones';
import type { Simulation } from '#model/simulation';
import { createPlan, type Plan } from '#statemachines/compile/plan';
import { type Difference, differences } from '#statemachines/expectations/compare';
import type { ExpectationCase, Expectations } from '#statemachines/expectations/schema';
import type { TimeFrame } from '#statemachines/expectations/times';
import { createWorld } from '../../local/world.ts';
import { simulationFolder } from '../../simulation/folder.ts';
import { simulateIn, type Walked } from '../../simulation/simulation.ts';
import { clientOf, readText } from '../files.ts';
import { loadJourney } from '../load-journey.ts';

/** What became of one case. */
export interface CaseResult {
  name: string;
  differences: Difference[];
  got: Simulation;
  /** For those who write an expectation of it. */
  frame: TimeFrame & { plan: Plan };
}

/** Plays each case on the embedded world, in a world of its own, so that none meets another's contact. */
export const runExpectations = async (
  { start, seed = 1, cases }: Expectations,
  journeyFile: string,
  client: string | undefined,
  progress: (done: number, of: number, what: string) => void,
): Promise<CaseResult[]> => {
  const of = clientOf(journeyFile, client);
  const document = await loadJourney(journeyFile, of);
  const folder = simulationFolder(document, readText(journeyFile), of, dirname(journeyFile));
  const plan = createPlan(document);
  const results: CaseResult[] = [];
  for (const each of cases) {
    progress(results.length, cases.length, each.name);
    const zone = zoneOf(each, folder.client);
    const at = parseMoment(each.start ?? start, zone)!.from;
    const walk = { ...each, events: each.events ?? [] };
    const [walked] = await simulateIn(createWorld)([walk], {
      ...{ folder, document, start: at, seed: each.seed ?? seed },
    });
    const frame = { start: at, zone, plan };
    results.push(judge(each, walked!, frame));
  }
  return results;
};

const zoneOf = ({ contact }: ExpectationCase, client: unknown): string =>
  typeof contact.timezone === 'string' && isZone(contact.timezone)
    ? contact.timezone
    : (client as { timezone: string }).timezone;

const judge = (
  { name, expect }: ExpectationCase,
  { impossible, ...got }: Walked,
  frame: CaseResult['frame'],
): CaseResult => {
  const found: Difference[] = [
    ...(impossible === undefined
      ? []
      : [{ part: 'events', expected: 'all of them can happen', got: impossible }]),
    ...(expect
      ? differences(expect, got, frame)
      : [
          {
            part: 'expect',
            expected: 'something',
            got: 'nothing is expected yet: write it, or use --update',
          },
        ]),
  ];
  return { name, differences: found, got, frame };
};
