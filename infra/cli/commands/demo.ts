import type { Command } from 'commander';
import { notStandardOutput } from '../arguments.ts';

export const addDemo = (program: Command): void => {
  program
    .command('demo')
    .description(
      'two journeys that people walk on this machine, start to end: their mails, the figures and one page',
    )
    .option(
      '-o, --output <dir>',
      'where to leave messages, pictures and the page (default: .wayleaf/demo-<time>)',
      notStandardOutput,
    )
    .action(async ({ output }: { output?: string }) => (await import('../demo/run-demo.ts')).runDemo(output));
};
