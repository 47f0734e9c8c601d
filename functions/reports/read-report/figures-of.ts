import { iso } from '#kernel/clock';
import { inLanes } from '#kernel/lanes';
import type { JourneyVersion } from '#model/journey';
import type { Definitions } from '#model/report-settings';
import { dayIn } from '#policy/reports/calendar';
import { readChecked } from '#statemachines/document/checked';
import { readCosts } from '#store/catalogue/costs';
import { listDocuments } from '#store/catalogue/documents';
import { listJourneys, readVersion } from '#store/catalogue/journeys';
import { countMembers, readCounts, readDays, segmentCounters } from '#store/runs/counters';
import { oldestUnheard } from '#store/runs/waiting-leads';
import type { Store } from '#store/store';
import { createKpis, type Kpis } from '../figures/kpis.ts';
import { createOverview, type Overview } from '../figures/overview.ts';
import type { Range } from '../figures/range.ts';
import { campaignRows, journeyRow, segmentRow, sourceRows, templateRow } from '../figures/subjects.ts';
import { addUp, type Sums } from '../figures/sums.ts';
import {
  campaigns,
  cohortCounters,
  customers,
  everything,
  sources,
  templateCounters,
} from '../fold-counts/rows.ts';

export const today = (store: Store, { timezone }: Definitions): string =>
  dayIn(timezone, iso(store.clock.now()));

export const countsIn = async (store: Store, journey: string, range: Range | undefined) => {
  if (!range) return readCounts(store, journey);
  const versions = new Map<number, Sums>();
  for (const { version, counts } of await readDays(store, journey, range))
    versions.set(version, addUp([versions.get(version) ?? new Map(), counts]));
  return versions;
};

export const sumsIn = async (store: Store, subject: string, range: Range | undefined): Promise<Sums> =>
  addUp((await countsIn(store, subject, range)).values());

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
