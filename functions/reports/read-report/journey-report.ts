import type { Definitions } from '#model/report-settings';
import { addDays, daysBetween } from '#policy/reports/calendar';
import { listJourneys } from '#store/catalogue/journeys';
import { readDays } from '#store/runs/counters';
import { readTrials } from '#store/runs/trials';
import type { Store } from '#store/store';
import { listeningSeconds } from '../figures/answer-times.ts';
import type { Range } from '../figures/range.ts';
import { addUp, sumDays } from '../figures/sums.ts';
import { counterName, linkCounters } from '../fold-counts/rows.ts';
import { createEditions, type Edition, type Editions, published } from './editions.ts';
import { enrich } from './enrich.ts';
import { countsIn, sumsIn, today } from './figures-of.ts';
import { createReport, type Report } from './report.ts';
import { createSettled } from './settled.ts';

/** As many days as a week's rhythm is seen in twice. */
const paceDays = 14;
/** Waits that are longer are told nothing of: to leave out who still waits, so many days have to be read. */
const longestDays = 60;
/** Versions before these are history. */
const mostVersions = 5;

const daySeconds = 86_400;

/** How far back a run may still wait at a step of it. */
const daysBack = ({ plan }: Edition): number => {
  const lengths = [...plan.nodes.values()].map((node) =>
    Math.ceil((listeningSeconds(node) ?? 0) / daySeconds),
  );
  return Math.max(paceDays, ...lengths.filter((days) => days <= longestDays));
};

interface Asked {
  range: Range | undefined;
  definitions: Definitions;
}

export type JourneyReport = (id: string, asked: Asked) => Promise<Report>;

export const createJourneyReport = (store: Store): JourneyReport => {
  const editions = createEditions(store);
  return (id, asked) => journeyReport(store, editions, id, asked);
};

const journeyReport = async (
  store: Store,
  editions: Editions,
  id: string,
  { range, definitions }: Asked,
): Promise<Report> => {
  const { newest, owner, paused } = await published(store, editions, id);
  const to = today(store, definitions);
  const mostDays = daysBack(newest);
  const [counts, trials, links, late] = await Promise.all([
    countsIn(store, id, range),
    readTrials(store, { journey: id, version: newest.version }),
    sumsIn(store, linkCounters(id), range),
    readDays(store, id, { from: addDays(to, -mostDays), to }),
  ]);
  const counted = [...counts.keys()].filter((version) => version !== newest.version).sort((a, b) => b - a);
  const older = await Promise.all(counted.slice(0, mostVersions - 1).map((version) => editions(id, version)));
  const recent = late.filter(({ day }) => !range || (day >= range.from && day <= range.to));
  const pace = late.filter(({ day }) => day > addDays(to, -paceDays));
  const paceSums = sumDays(pace);
  // Days without anybody count too; those before the first do not.
  const days = daysBetween(pace[0]?.day ?? to, to).length;
  const perDay = (step: string, what: string): number => (paceSums.get(counterName(step, what)) ?? 0) / days;
  const report = createReport(newest.plan, counts, trials);
  return {
    ...enrich(report, {
      ...{ plan: newest.plan, links, hasGoal: newest.document.goal !== undefined },
      ...{ sums: addUp(counts.values()), mostDays },
      editions: [newest, ...older.filter((edition) => edition !== undefined)].reverse(),
      settled: createSettled({ counts, recent, today: to }),
      perDay: (step) => Math.max(perDay(step, 'entered'), perDay(step, 'messages')),
    }),
    ...(range && { range }),
    owner,
    ...(paused ? { paused } : {}),
  };
};

/** More would be no mail. */
const mostTested = 20;

/** Splits of journeys under way, with how their arms did until now. */
export const splitTestsOf = async (store: Store, definitions: Definitions) => {
  const reportOf = createJourneyReport(store);
  const live = (await listJourneys(store)).filter(({ status }) => status === 'live').slice(0, mostTested);
  const reports = await Promise.all(live.map(({ id }) => reportOf(id, { range: undefined, definitions })));
  return reports.flatMap(({ journey, steps }) =>
    steps.flatMap(({ id: step, evidence }) => (evidence?.isRandom ? [{ journey, step, evidence }] : [])),
  );
};
