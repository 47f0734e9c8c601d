import { type Command, Option } from 'commander';
import { nextWorkingMorning, parseSeed, parseTime } from '../arguments.ts';
import { Failure } from '../failure.ts';
import { clientOf, readText } from '../files.ts';
import { loadJourney } from '../load-journey.ts';
import { readAnswersFile, readContactFile, readEventsFile } from '../simulate/walk-files.ts';

interface Options {
  contact?: string;
  events?: string;
  answers?: string;
  seed: number;
  start?: number;
  client?: string;
  allPaths?: boolean;
  expect?: string;
  update?: boolean;
  json?: boolean;
}

export const addSimulate = (program: Command): void => {
  program
    .command('simulate')
    .description('walk the compiled journey on a virtual clock; nothing is sent')
    .argument('<file>', 'journey document')
    .option('--contact <file>', 'who walks: fields, "consent": ["email"], "timezone", …')
    .option('--events <file>', 'what happens meanwhile: [{ "at": "+1 day", "event": "Order Completed" }, …]')
    .option(
      '--answers <file>',
      'what webhooks answer, by step; none is called: { "look-up": { "plan": "gold" } }',
    )
    .option('--seed <n>', 'for what is left to chance', parseSeed, 1)
    .option('--start <time>', 'ISO 8601 (default: the next working day at 09:00 UTC)', parseTime)
    .option(
      '--client <name>',
      'with the templates and settings of this client (default: the folder the file is in)',
    )
    .option('--expect <file>', 'hold it to a file of expectations; exit 1 when one does not hold')
    .option('--update', 'with --expect: write what happened as the new expectation')
    .addOption(
      new Option('--all-paths', 'walk every path, each with a contact made for it').conflicts([
        'contact',
        'events',
        'answers',
      ]),
    )
    .option('--json', 'the result as JSON')
    .action(run);
};

const run = async (file: string, options: Options): Promise<void> => {
  if (options.expect !== undefined) return hold(file, options.expect, options);
  const client = clientOf(file, options.client);
  const document = await loadJourney(file, client);
  const { simulationFolder } = await import('../../simulation/folder.ts');
  const { simulateIn } = await import('../../simulation/simulation.ts');
  const { createWorld } = await import('../../local/world.ts');
  const { describeSimulation, describePaths } = await import('../simulate/describe.ts');
  const setting = {
    folder: simulationFolder(document, readText(file), client),
    document,
    start: options.start ?? nextWorkingMorning(),
    seed: options.seed,
  };
  const simulate = simulateIn(createWorld);
  if (options.allPaths) {
    const { walkAllPaths } = await import('../../simulation/all-paths.ts');
    const walked = await walkAllPaths(simulate, setting);
    console.log(options.json ? JSON.stringify(walked, null, 2) : describePaths(walked));
    return;
  }
  const contact = options.contact ? readContactFile(options.contact) : someone;
  const events = options.events ? readEventsFile(options.events) : [];
  const answers = options.answers ? readAnswersFile(options.answers) : undefined;
  const [walked] = await simulate([{ contact, events, answers }], setting);
  if (!walked) return;
  const { impossible, ...simulation } = walked;
  if (impossible !== undefined) throw new Failure(impossible);
  console.log(options.json ? JSON.stringify(simulation, null, 2) : describeSimulation(simulation, document));
};

const hold = async (journey: string, file: string, options: Options): Promise<void> => {
  const { holdExpectations } = await import('../expectations/hold.ts');
  if (!(await holdExpectations([{ file, journey }], options))) throw new Failure('');
};

const someone = {
  email: 'someone@example.com',
  firstName: 'Sam',
  phone: '+14155550123',
  consent: ['email', 'sms'],
  timezone: 'UTC',
};
