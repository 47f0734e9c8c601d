import { metricUnits } from '#aws/metrics';
import type { Rates } from '#model/forecast-rates';
import type { Journey } from '#statemachines/document/schema';
import type { ClientFolder } from '../client-folder.ts';
import { readClientSettings } from '../client-settings.ts';
import { forecast } from '../forecast/forecast.ts';
import { manifest } from '../manifest.ts';
import { costOf, prices, type Usage } from '../prices.ts';
import type { OpenWorld } from '../simulation/simulation.ts';
import { type Alternative, compareEngines, comparePlans, type MailPlan } from './compare.ts';
import { costOfTelling, listen } from './events-out.ts';

export interface CostOptions {
  folder: ClientFolder;
  journeys: readonly { document: Journey; rates: Rates; folder: ClientFolder }[];
  /** Who enter each journey in a month. */
  contacts: number;
  start: number;
  seed: number;
  sample: number;
  openWorld: OpenWorld;
  progress?: (done: number, of: number, what: string) => void;
}

export interface Cost {
  contacts: number;
  journeys: { journey: string; entering: number; dollars: number; each: number }[];
  /** Units of AWS, and what other systems are told where that is asked for. */
  lines: { unit: string; used: number; dollars: number }[];
  /** What stands whether or not anybody comes. */
  fixed: { what: string; dollars: number }[];
  /** In a month, with everything. */
  dollars: number;
  engines: Alternative[];
  plans: MailPlan[];
  assumed: string[];
}

const noUsage: Usage = {
  ...{ stateTransitions: 0, lambdaRequests: 0, lambdaGigabyteSeconds: 0, dynamoWriteUnits: 0 },
  ...{ dynamoReadUnits: 0, httpApiRequests: 0, emails: 0, smsSegments: 0, teamMessages: 0 },
};

/** Of the client's own journeys, each walked by imagined people and measured on the embedded world. */
export const costOfClient = async (options: CostOptions): Promise<Cost> => {
  const { journeys, contacts, progress } = options;
  const usage: Usage = { ...noUsage };
  const rows: Cost['journeys'] = [];
  const assumed = new Set<string>();
  const { eventsOut, deployment } = readClientSettings(options.folder.client);
  const told = { lines: 0, bytes: 0 };
  for (const [i, { document, rates, folder }] of journeys.entries()) {
    progress?.(i, journeys.length, document.id);
    const { start, seed, sample } = options;
    const { openWorld, heard } = listen(options.openWorld);
    const found = await forecast({
      ...{ document, rates, folder },
      audience: contacts,
      start,
      seed,
      sample,
      openWorld,
    });
    for (const { unit, used } of found.bill.lines) usage[unit as keyof Usage] += used;
    const { perTransition, bytes } = heard();
    const lines =
      perTransition * (found.bill.lines.find(({ unit }) => unit === 'stateTransitions')?.used ?? 0);
    told.lines += lines;
    told.bytes += lines * bytes;
    const dollars = found.bill.lines.reduce((sum, line) => sum + line.dollars, 0);
    const { entering } = found;
    rows.push({ journey: document.id, entering, dollars, each: entering === 0 ? 0 : dollars / entering });
    for (const name of found.assumed) assumed.add(`${document.id}: ${name}`);
  }
  const telling = eventsOut.on
    ? costOfTelling(told.lines, told.bytes / Math.max(1, told.lines), eventsOut.s3 !== undefined)
    : [];
  const tracing = deployment.tracing ? [costOfTraces(usage)] : [];
  const lines = [...costOf(usage).lines, ...telling, ...tracing].filter(({ used }) => used > 0);
  const fixed = fixedCosts(eventsOut.s3 === undefined ? 0 : alarmsOfFiles);
  return {
    ...{ contacts, journeys: rows, lines, fixed },
    dollars: [...lines, ...fixed].reduce((sum, line) => sum + line.dollars, 0),
    ...{ engines: compareEngines(usage), plans: comparePlans(usage), assumed: [...assumed] },
  };
};

/** At most: where calls come closely, X-Ray records one a second and one in twenty of the others. */
const costOfTraces = ({ lambdaRequests }: Usage): Cost['lines'][number] => ({
  ...{ unit: 'traces', used: lambdaRequests, dollars: lambdaRequests * prices.trace },
});

const metrics = Object.keys(metricUnits).length;
/** Beside one for each function. */
const otherAlarms = 13;
const keys = 1;
const secrets = 1;
const alarmsOfFiles = 2;

/** Nothing idles but what watches. */
const fixedCosts = (more: number): Cost['fixed'] => [
  { what: 'alarms', dollars: (manifest.length + otherAlarms + more) * prices.alarm },
  { what: 'metrics', dollars: metrics * prices.metric },
  { what: 'dashboard', dollars: prices.dashboard },
  { what: 'key of the topics', dollars: keys * prices.key },
  { what: 'secret of the link keys', dollars: secrets * prices.secret },
];
