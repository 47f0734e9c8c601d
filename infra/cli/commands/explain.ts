import type { Command } from 'commander';
import { explanationsBesideJourneys } from '#channels/compile/explanations';
import type { Explained } from '#kernel/explained';
import { explanations as ofJourneys } from '#statemachines/checks/explain/explain';
import { formatCodes, formatExplanation } from '#statemachines/checks/explain/format-explanation';
import { noSuch } from '../failure.ts';

/** Of journeys, of their templates, and of the other documents beside them. */
const explanations: readonly Explained[] = [...ofJourneys, ...explanationsBesideJourneys];

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
  const entry = explanations.find(({ id }) => id === code);
  if (entry) return entry;
  throw noSuch(
    'code',
    code,
    explanations.map(({ id }) => id),
    ' wayleaf explain lists all.',
  );
};

const told = ({ id, severity, title, explain, why, example }: Explained) => ({
  ...{ code: id, severity, title, explain, why },
  example: { wrong: example.wrong, right: example.right },
});
const asJson = (value: unknown): string => JSON.stringify(value, null, 2);
