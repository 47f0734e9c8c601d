import type { Command } from 'commander';
import { runDemo } from '../demo/run-demo.ts';

export const addDemo = (program: Command): void => {
  program
    .command('demo')
    .description('the main job, start to end, without asking anything')
    .option('-o, --output <dir>', 'where to leave messages, pictures and the page (default: .wayleaf/demo-<time>)')
    .action(async (options: { output?: string }) => runDemo(options.output));
};
