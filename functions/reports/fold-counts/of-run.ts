import { dayIn } from '#policy/reports/calendar';
import { noSource, touchIn } from '#policy/reports/names';
import { bucketOf } from '#policy/reports/sketch';
import { segmentCounters } from '#store/runs/counters';
import type { Counting } from './contributions.ts';
import type { Counted } from './counted.ts';
import {
  campaigns,
  counterName,
  everything,
  type Place,
  type Rows,
  sources,
  templateCounters,
} from './rows.ts';

interface CountedRun {
  run: Counted<'run'>;
  rows: Rows;
  counting: Counting;
  /** The day on which it entered: what became of it belongs to that day, so that rates are of the same people. */
  entered: string;
}

const since = (from: string, to: string): number => Math.max(0, Date.parse(to) - Date.parse(from));

const addState = ({ run, rows, entered }: CountedRun): void => {
  const { journey, version, status, ended, wait } = run;
  const place: Place = { subject: journey, version, day: entered };
  rows.addBoth(place, counterName('', 'entered'));
  rows.add({ subject: everything, day: entered }, counterName('', 'entered'));
  if (status !== 'ended') {
    rows.addBoth(place, counterName('', 'active'));
    rows.add({ subject: everything }, counterName('', 'active'));
  }
  if (wait?.kind === 'hold' && status !== 'ended') {
    rows.addBoth(place, counterName(wait.step, 'held', wait.reason ?? 'other'));
    rows.add({ subject: everything }, counterName('', 'held', wait.reason ?? 'other'));
  }
  if (ended) rows.addBoth(place, counterName('', 'ended', ended.how));
  if (ended?.step !== undefined) rows.addBoth(place, counterName(ended.step, 'exited'));
};

const addConversion = ({ run, rows, counting, entered }: CountedRun): void => {
  const { journey, version, converted, startedAt, about } = run;
  if (!converted) return;
  const { at, value } = converted;
  const place: Place = { subject: journey, version, day: entered };
  const day = dayIn(counting.definitions.timezone, at);
  rows.addBoth(place, counterName('', 'converted'));
  rows.addBoth(place, counterName('', 'convertedAfter', bucketOf(since(startedAt, at))));
  rows.add({ subject: everything, day: entered }, counterName('', 'converted'));
  rows.add({ subject: everything, day }, counterName('', 'conversions'));
  if (about?.since !== undefined)
    rows.add({ subject: everything, day }, counterName('', 'cycle', bucketOf(since(about.since, at))));
  if (typeof value !== 'number') return;
  rows.addBoth(place, counterName('', 'value'), value);
  rows.addBoth(place, counterName('', 'valueSquares'), value * value);
  rows.addBoth(place, counterName('', 'valued'));
  rows.add({ subject: everything, day }, counterName('', 'value'), value);
};

/** Each step that it came through before it converted, with its answers there. */
const addCredit = ({
  run: { journey, version, credited = [] },
  rows,
  entered,
  counting,
}: CountedRun): void => {
  for (const { step, branch, template, at } of credited) {
    const day = at === undefined ? entered : dayIn(counting.definitions.timezone, at);
    const place: Place = { subject: journey, version, day };
    rows.addBoth(place, counterName(step, 'converted'));
    if (branch !== undefined) rows.addBoth(place, counterName(step, 'answerConverted', branch));
    if (template !== undefined)
      rows.addBoth({ subject: templateCounters(template), day }, counterName('', 'converted'));
  }
};

const addTo = (
  { run: { converted }, rows, entered, counting }: CountedRun,
  subject: string,
  name: string,
) => {
  const day = entered;
  rows.add({ subject, day }, counterName(name, 'entered'));
  if (!converted) return;
  rows.add({ subject, day }, counterName(name, 'converted'));
  const at = dayIn(counting.definitions.timezone, converted.at);
  rows.add({ subject, day: at }, counterName(name, 'conversions'));
  if (typeof converted.value === 'number')
    rows.add({ subject, day: at }, counterName(name, 'value'), converted.value);
};

/** By where its contact came from, and by the segments it was in as it entered. */
const addOrigin = (counted: CountedRun): void => {
  const { run, counting } = counted;
  const touch = run.about?.source ?? touchIn(run.trigger?.properties ?? {});
  const { sources: aliases } = counting.definitions;
  const source = touch && (aliases[touch.source] ?? touch.source);
  addTo(counted, sources, source === undefined ? noSource : counting.nameIn(sources, source));
  if (source !== undefined && touch?.campaign !== undefined)
    addTo(counted, campaigns, counting.nameIn(campaigns, `${source} / ${touch.campaign}`));
  for (const segment of run.about?.segments ?? []) addTo(counted, segmentCounters(segment).journey, '');
};

export const ofRun = (run: Counted<'run'>, rows: Rows, counting: Counting): void => {
  const entered = dayIn(counting.definitions.timezone, run.startedAt);
  const counted = { run, rows, counting, entered };
  addState(counted);
  addConversion(counted);
  addCredit(counted);
  addOrigin(counted);
};
