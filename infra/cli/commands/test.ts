import type { Command } from 'commander';
import { Failure } from '../failure.ts';

interface Options {
  client?: string;
  update?: boolean;
  json?: boolean;
}

export const addTest = (program: Command): void => {
  program
    .command('test')
    .description(
      'play journeys against their files of expectations (*.expect.json); exit 1 when one does not hold',
    )
    .argument('[place...]', 'a client, a folder, a journey or its file (default: all clients)')
    .option('--client <name>', 'with the templates and settings of this client')
    .option('--update', 'write what happened as the new expectation')
    .option('--json', 'the result as JSON')
    .action(run);
};

const run = async (places: string[], options: Options): Promise<void> => {
  const { findExpectations } = await import('../expectations/find.ts');
  const { holdExpectations } = await import('../expectations/hold.ts');
  const files = findExpectations(places).map((file) => ({ file }));
  if (!(await holdExpectations(files, options))) throw new Failure('');
};
