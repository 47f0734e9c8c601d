import { iso } from '#kernel/clock';
import { noSuch, Refusal } from '#kernel/errors';
import { inLanes } from '#kernel/lanes';
import type { JourneyRecord, JourneyVersion } from '#model/journey';
import type { JourneyPause } from '#model/journey-pause';
import type { Definitions } from '#model/report-settings';
import { addDays, dayIn } from '#policy/reports/calendar';
import { createPlan, type Plan } from '#statemachines/compile/plan';
import { readChecked } from '#statemachines/document/checked';
import type { Journey } from '#statemachines/document/schema';
import { readCosts } from '#store/catalogue/costs';
import { listDocuments } from '#store/catalogue/documents';
import { listJourneys, readJourney, readVersion } from '#store/catalogue/journeys';
import { countMembers, readCounts, readDays, segmentCounters } from '#store/runs/counters';
import { readTrials } from '#store/runs/trials';
import { oldestUnheard } from '#store/runs/waiting-leads';
import type { Store } from '#store/store';
import { createKpis, type Kpis } from '../figures/kpis.ts';
import { createOverview, type Overview } from '../figures/overview.ts';
import type { Range } from '../figures/range.ts';
import { campaignRows, journeyRow, segmentRow, sourceRows, templateRow } from '../figures/subjects.ts';
import { addUp, type Sums, sumDays } from '../figures/sums.ts';
import {
  campaigns,
  cohortCounters,
  counterName,
  customers,
  everything,
  linkCounters,
  sources,
  templateCounters,
} from '../fold-counts/rows.ts';
import { enrich } from './enrich.ts';
import { createReport, type Report } from './report.ts';

interface Published {
  plan: Plan;
  document: Journey;
  version: number;
  paused: JourneyPause | undefined;
  owner: JourneyRecord['owner'];
}

const published = async (store: Store, id: string): Promise<Published> => {
  const journey = await readJourney(store, id);
  if (!journey) throw noSuch('journey', id);
  if (journey.version === undefined)
    throw new Refusal(
      409,
      'not-published',
      'This journey was never published, so there is nothing to report.',
    );
  const version = await readVersion(store, id, journey.version);
  if (!version) throw new Error(`version ${journey.version} of ${id} is not in the catalogue`);
  const document = readChecked(version.document);
  return {
    plan: createPlan(document),
    document,
    version: journey.version,
    paused: journey.paused,
    owner: journey.owner,
  };
};

const today = (store: Store, { timezone }: Definitions): string => dayIn(timezone, iso(store.clock.now()));

const countsIn = async (store: Store, journey: string, range: Range | undefined) => {
  if (!range) return readCounts(store, journey);
  const versions = new Map<number, Sums>();
  for (const { version, counts } of await readDays(store, journey, range))
    versions.set(version, addUp([versions.get(version) ?? new Map(), counts]));
  return versions;
};

const sumsIn = async (store: Store, subject: string, range: Range | undefined): Promise<Sums> =>
  addUp((await countsIn(store, subject, range)).values());

/** As many days as a week's rhythm is seen in twice. */
const paceDays = 14;

export const journeyReport = async (
  store: Store,
  id: string,
  { range, definitions }: { range: Range | undefined; definitions: Definitions },
): Promise<Report> => {
  const { plan, document, version, paused, owner } = await published(store, id);
  const to = today(store, definitions);
  const [counts, trials, links, late] = await Promise.all([
    countsIn(store, id, range),
    readTrials(store, { journey: id, version }),
    sumsIn(store, linkCounters(id), range),
    readDays(store, id, { from: addDays(to, 1 - paceDays), to }),
  ]);
  const pace = sumDays(late);
  const days = new Set(late.map(({ day }) => day)).size || 1;
  const report = createReport(plan, counts, trials);
  return {
    ...enrich(report, {
      ...{ plan, links, hasGoal: document.goal !== undefined, sums: addUp(counts.values()) },
      perDay: (step) =>
        Math.max(pace.get(counterName(step, 'entered')) ?? 0, pace.get(counterName(step, 'messages')) ?? 0) /
        days,
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
  const live = (await listJourneys(store)).filter(({ status }) => status === 'live').slice(0, mostTested);
  const reports = await Promise.all(
    live.map(({ id }) => journeyReport(store, id, { range: undefined, definitions })),
  );
  return reports.flatMap(({ journey, steps }) =>
    steps.flatMap(({ id: step, evidence }) => (evidence?.isRandom ? [{ journey, step, evidence }] : [])),
  );
};

export const overviewOf = async (store: Store, range: Range, definitions: Definitions): Promise<Overview> => {
  const [days, now, unheard] = await Promise.all([
    readDays(store, everything, range),
    readCounts(store, everything),
    oldestUnheard(store),
  ]);
  const lagSeconds = unheard === undefined ? 0 : Math.round((store.clock.now() - Date.parse(unheard)) / 1000);
  const sums = addUp(now.values());
  return createOverview(range, days, { sums, lagSeconds }, definitions.revenue.currency);
};

/** Before everybody's first purchase. */
const firstCohort = '1970-01-01';

export const kpisOf = async (store: Store, range: Range, definitions: Definitions): Promise<Kpis> => {
  const [days, present, cohorts, costs] = await Promise.all([
    readDays(store, everything, range),
    readCounts(store, customers),
    readDays(store, cohortCounters, { from: firstCohort, to: range.to }),
    readCosts(store),
  ]);
  const facts = { range, days, cohorts, costs, definitions, today: today(store, definitions) };
  return createKpis({ ...facts, customers: addUp(present.values()) });
};

const lanes = 8;

const hasGoalIn = (version: JourneyVersion | undefined): boolean =>
  version !== undefined && readChecked(version.document).goal !== undefined;

/** Whether a version has a goal: it never changes, so each is read once. */
const createGoals = (store: Store): ((id: string, version: number) => Promise<boolean>) => {
  const known = new Map<string, boolean>();
  return async (id, version) => {
    const key = `${id}#${version}`;
    const found = known.get(key) ?? hasGoalIn(await readVersion(store, id, version));
    known.set(key, found);
    return found;
  };
};

/** All that were published, in one answer. */
export const createJourneys = (store: Store) => {
  const hasGoal = createGoals(store);
  return async (range: Range | undefined) => {
    const found = (await listJourneys(store)).filter(({ version }) => version !== undefined);
    const journeys = await inLanes(lanes, found, async ({ id, name, status, version = 0 }) =>
      journeyRow({ journey: id, name, status }, await sumsIn(store, id, range), await hasGoal(id, version)),
    );
    return { ...(range && { range }), journeys };
  };
};

export const templatesOf = async (store: Store, range: Range) => {
  const found = await listDocuments(store, 'template');
  const templates = await Promise.all(
    found.map(async ({ id }) => templateRow(id, await sumsIn(store, templateCounters(id), range))),
  );
  return {
    range,
    templates: templates.sort((a, b) => b.messages - a.messages || (a.template < b.template ? -1 : 1)),
  };
};

export const segmentsOf = async (store: Store, range: Range) => {
  const found = await listDocuments(store, 'segment');
  const segments = await Promise.all(
    found.map(async ({ id }) => {
      const [members, sums] = await Promise.all([
        countMembers(store, id),
        sumsIn(store, segmentCounters(id).journey, range),
      ]);
      return segmentRow(id, members, sums);
    }),
  );
  return { range, segments };
};

export const sourcesOf = async (store: Store, range: Range) => {
  const [of, ofCampaigns, costs] = await Promise.all([
    sumsIn(store, sources, range),
    sumsIn(store, campaigns, range),
    readCosts(store),
  ]);
  return { range, sources: sourceRows(of, costs, range), campaigns: campaignRows(ofCampaigns) };
};
