import type { Command } from 'commander';
import type { Rates } from '#model/forecast-rates';
import { nextWorkingMorning, notStandardOutput, numberUpTo, parseSeed, parseTime } from '../arguments.ts';
import { Failure } from '../failure.ts';
import { clientOf, readText, writeResult } from '../files.ts';
import { readRatesFile } from '../forecast/read-rates.ts';
import { loadJourney } from '../load-journey.ts';
import { createProgress } from '../output/progress.ts';

interface Options {
  audience: number;
  rates?: string;
  seed: number;
  start?: number;
  sample?: number;
  client?: string;
  json?: boolean;
  output?: string;
}

export const addForecast = (program: Command): void => {
  program
    .command('forecast')
    .description(
      'predict messages by day, people by leaf, duration and the AWS bill, each with a 90 % interval',
    )
    .argument('<file>', 'journey document')
    .requiredOption('--audience <n>', 'people who might enter', numberUpTo(1_000_000_000))
    .option('--rates <file>', 'how many open, click, answer, and how soon (default: typical ones, all named)')
    .option('--seed <n>', 'for all that is left to chance', parseSeed, 1)
    .option('--start <time>', 'ISO 8601 (default: the next working day at 09:00 UTC)', parseTime)
    .option(
      '--sample <n>',
      'imagined people (default: 10,000); more make the interval narrower',
      numberUpTo(1_000_000),
    )
    .option('--client <name>', 'with the settings of this client (default: the folder the file is in)')
    .option('--json', 'the result as JSON')
    .option('-o, --output <file>', 'also a plot, as SVG', notStandardOutput)
    .action(run);
};

const run = async (file: string, options: Options): Promise<void> => {
  const client = clientOf(file, options.client);
  const document = await loadJourney(file, client);
  const rates: Rates = options.rates === undefined ? { defaults: 'typical' } : readRatesFile(options.rates);
  const { simulationFolder } = await import('../../simulation/folder.ts');
  const { createWorld } = await import('../../local/world.ts');
  const { forecast, WrongRates } = await import('../../forecast/forecast.ts');
  const progress = createProgress('forecast');
  const result = await forecast({
    ...{ document, rates, audience: options.audience, seed: options.seed, sample: options.sample },
    folder: simulationFolder(document, readText(file), client),
    start: options.start ?? nextWorkingMorning(),
    openWorld: createWorld,
    progress: progress.step,
  })
    .catch((error: unknown) => {
      throw error instanceof WrongRates ? new Failure(wrongRates(error.issues, options.rates)) : error;
    })
    .finally(progress.end);
  if (options.output !== undefined) {
    const { plotForecast } = await import('#plot/forecast/forecast');
    writeResult(plotForecast(result), options.output);
  }
  const { describeForecast } = await import('../forecast/describe.ts');
  console.log(options.json ? JSON.stringify(result, null, 2) : describeForecast(result));
};

const wrongRates = (
  issues: readonly { path: string; message: string; hint?: string }[],
  file = 'the rates',
): string =>
  [
    `${file}: the rates do not fit the journey.`,
    ...issues.map(({ path, message, hint }) => `  ${path}: ${message}${hint ? `; ${hint}` : ''}`),
  ].join('\n');
