import type { Command } from 'commander';
import { explanationOf, explanations, nearestCode } from '#statemachines/checks/explain/explain';
import { formatCodes, formatExplanation } from '#statemachines/checks/explain/format-explanation';
import { Failure } from '../failure.ts';

export const addExplain = (program: Command): void => {
  program
    .command('explain')
    .description('what a code of check means, why it matters, and a bad and a good example')
    .argument('[code]', 'such as unknown-step (default: lists all codes)')
    .option('--json', 'as JSON')
    .action((code: string | undefined, options: { json?: boolean }) => {
      const color = process.stdout.isTTY === true;
      if (code === undefined)
        console.log(options.json ? asJson(explanations.map(told)) : formatCodes(explanations, { color }));
      else {
        const entry = find(code);
        console.log(options.json ? asJson(told(entry)) : formatExplanation(entry, { color }));
      }
    });
};

const find = (code: string) => {
  const entry = explanationOf(code);
  if (entry) return entry;
  const meant = nearestCode(code);
  throw new Failure(
    `There is no code "${code}"${meant ? `; did you mean "${meant}"?` : '.'} wayleaf explain lists all.`,
    2,
  );
};

const told = ({ id, severity, title, explain, why, example }: ReturnType<typeof find>) => ({
  ...{ code: id, severity, title, explain, why },
  example: { wrong: example.wrong, right: example.right },
});
const asJson = (value: unknown): string => JSON.stringify(value, null, 2);
