import type { Command } from 'commander';
import { journeyJsonSchema } from '#statemachines/document/json-schema';
import { writeResult } from '../files.ts';

export const addSchema = (program: Command): void => {
  program
    .command('schema')
    .description('the JSON Schema of journey documents, for editors')
    .option('-o, --output <file>', 'else standard output, as for -')
    .action((options: { output?: string }) =>
      writeResult(`${JSON.stringify(journeyJsonSchema(), null, 2)}\n`, options.output),
    );
};
