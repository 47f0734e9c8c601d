import type { Command } from 'commander';
import { notStandardOutput } from '../arguments.ts';

export const addDemo = (program: Command): void => {
  program
    .command('demo')
    .description('the main job, start to end, without asking anything')
    .option(
      '-o, --output <dir>',
      'where to leave messages, pictures and the page (default: .wayleaf/demo-<time>)',
      notStandardOutput,
    )
    .action(async ({ output }: { output?: string }) => (await import('../demo/run-demo.ts')).runDemo(output));
};
