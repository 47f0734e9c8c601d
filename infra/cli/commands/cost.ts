import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Rates } from '#model/forecast-rates';
import { clientsFolder, readClientFolder } from '../../client-folder.ts';
import type { Cost } from '../../cost/cost.ts';
import { nextWorkingMorning, numberUpTo, parseSeed } from '../arguments.ts';
import { Failure } from '../failure.ts';
import { knownClient } from '../files.ts';
import { readRatesFile } from '../forecast/read-rates.ts';
import { loadJourney } from '../load-journey.ts';
import { createProgress } from '../output/progress.ts';
import { formatTable, unitWords } from '../output/table.ts';

interface Options {
  contacts: number;
  sample: number;
  seed: number;
  clients?: string;
  json?: boolean;
}

export const addCost = (program: Command): void => {
  program
    .command('cost')
    .description('what a client costs in a month, from the measured units of its own journeys')
    .argument('<client>', 'name of the folder')
    .requiredOption(
      '--contacts <n>',
      'people who might enter each journey in a month',
      numberUpTo(1_000_000_000),
    )
    .option('--sample <n>', 'imagined people for each journey', numberUpTo(1_000_000), 2_000)
    .option('--seed <n>', 'for all that is left to chance', parseSeed, 1)
    .option('--clients <dir>', 'where the folders of clients are (default: infra/clients)')
    .option('--json', 'the result as JSON')
    .action(run);
};

const run = async (named: string, { clients = clientsFolder, ...options }: Options): Promise<void> => {
  const name = knownClient(named, clients);
  const folder = readClientFolder(name, clients);
  if (Object.keys(folder.journeys).length === 0)
    throw new Failure(`${name} has no journey that could cost anything.`);
  const { simulationFolder } = await import('../../simulation/folder.ts');
  const { createWorld } = await import('../../local/world.ts');
  const { costOfClient } = await import('../../cost/cost.ts');
  const journeys = [];
  for (const [id, text] of Object.entries(folder.journeys)) {
    const file = join(clients, name, 'journeys', `${id}.journey.json`);
    const document = await loadJourney(file, { name, root: clients });
    journeys.push({
      document,
      rates: ratesOf(file),
      folder: simulationFolder(document, text, { name, root: clients }),
    });
  }
  const progress = createProgress('cost');
  const { contacts, sample, seed } = options;
  const cost = await costOfClient({
    ...{ folder, journeys, contacts, sample, seed, start: nextWorkingMorning() },
    ...{ openWorld: createWorld, progress: progress.step },
  }).finally(progress.end);
  console.log(options.json ? JSON.stringify(cost, null, 2) : describeCost(name, cost));
};

const ratesOf = (file: string): Rates => {
  const beside = file.replace('.journey.json', '.rates.json');
  return existsSync(beside) ? readRatesFile(beside) : { defaults: 'typical' };
};

const money = (n: number): string => (n > 0 && n < 0.005 ? '< $0.01' : `$${n.toFixed(2)}`);
const count = (n: number): string => Math.round(n).toLocaleString('en-US');

const notInIt = ({ lines }: Cost): string =>
  [
    'storage, logs, data transfer',
    ...(lines.some(({ unit }) => unit === 'eventsFiled') ? ['Firehose’s hours of jq ($0.07 each)'] : []),
    'what carriers add to texts',
  ].join(', ');

const describeCost = (name: string, cost: Cost): string =>
  [
    `${name}: ${count(cost.contacts)} contacts a month come to each journey; ${money(cost.dollars)} a month, AWS list prices, à la carte.`,
    '',
    formatTable(
      ['journey', 'entering', 'dollars', 'each 1,000'],
      cost.journeys.map(({ journey, entering, dollars, each }) => [
        journey,
        count(entering),
        money(dollars),
        money(each * 1000),
      ]),
    ),
    '',
    formatTable(
      ['unit', 'used', 'dollars'],
      [
        ...cost.lines.map(({ unit, used, dollars }) => [unitWords(unit), count(used), money(dollars)]),
        ...cost.fixed.map(({ what, dollars }) => [what, 'each month', money(dollars)]),
      ],
    ),
    '',
    formatTable(
      ['engine, for the same waits and steps', 'dollars', 'but'],
      cost.engines.map(({ engine, dollars, but }) => [engine, money(dollars), but]),
    ),
    '',
    formatTable(
      ['mails', 'dollars'],
      cost.plans.map(({ plan, dollars }) => [plan, money(dollars)]),
    ),
    '',
    `Not in it: ${notInIt(cost)}. The time of functions is assumed (infra/usage.ts).`,
    ...(cost.assumed.length > 0
      ? [`Assumed, for want of a rates file: ${cost.assumed.length} rates (--json names them).`]
      : []),
  ].join('\n');
