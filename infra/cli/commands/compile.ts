import type { Command } from 'commander';
import { compile } from '#statemachines/compile/compile';
import { namesOf } from '../../names.ts';
import { clientOf, writeResult } from '../files.ts';
import { loadJourney } from '../load-journey.ts';

export const addCompile = (program: Command): void => {
  program
    .command('compile')
    .description('the state machine of a journey, in Amazon States Language')
    .argument('<file>', 'journey document')
    .option('-o, --output <file>', 'else standard output, as for -')
    .option('--client <name>', 'call the functions of this client (default: a name to be substituted)')
    .action(async (file: string, options: { output?: string; client?: string }) => {
      const client = clientOf(file, options.client);
      const { asl } = compile(
        await loadJourney(file, client),
        client ? { runStep: namesOf(client.name).function('run-step') } : {},
      );
      writeResult(`${JSON.stringify(asl, null, 2)}\n`, options.output);
    });
};
