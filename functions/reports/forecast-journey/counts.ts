import { iso } from '#kernel/clock';
import type { Definitions } from '#model/report-settings';
import { addDays, dayIn } from '#policy/reports/calendar';
import type { Plan } from '#statemachines/compile/plan';
import { readCounts, readDays } from '#store/runs/counters';
import type { Store } from '#store/store';
import { addUp, sumDays } from '../figures/sums.ts';
import { counterName, everything, linkCounters, templateCounters } from '../fold-counts/rows.ts';
import type { Counts } from './measured.ts';

/** Whole weeks, so that each day of the week is in it as often. */
const paceDays = 28;
/** How people take messages changes slowly. */
const channelDays = 90;
/** A journey may send a thousand templates; those of the first say enough. */
const mostTemplates = 50;

export const countsFor = async (
  store: Store,
  journey: string,
  plan: Plan,
  { timezone }: Definitions,
): Promise<Counts> => {
  const yesterday = addDays(dayIn(timezone, iso(store.clock.now())), -1);
  const since = (days: number) => ({ from: addDays(yesterday, 1 - days), to: yesterday });
  const templates = templatesOf(plan);
  const [own, links, late, channels, ofTemplates] = await Promise.all([
    readCounts(store, journey),
    readCounts(store, linkCounters(journey)),
    readDays(store, journey, since(paceDays)),
    readDays(store, everything, since(channelDays)),
    Promise.all(templates.map((id) => readCounts(store, templateCounters(id)))),
  ]);
  return {
    ...{ journey: addUp(own.values()), links: addUp(links.values()), channels: sumDays(channels) },
    templates: new Map(templates.map((id, i) => [id, addUp(ofTemplates[i]!.values())])),
    late: { entered: sumDays(late).get(counterName('', 'entered')) ?? 0, days: paceDays },
  };
};

const templatesOf = ({ nodes }: Plan): string[] => {
  const named = [...nodes.values()].flatMap(({ step }) =>
    step && 'template' in step && typeof step.template === 'string' ? [step.template] : [],
  );
  return [...new Set(named)].slice(0, mostTemplates);
};
