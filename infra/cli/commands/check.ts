import type { Command } from 'commander';
import { hasErrors } from '#kernel/issue';
import { checkDocument } from '#statemachines/checks/check';
import { formatIssues } from '#statemachines/checks/format';
import { Failure } from '../failure.ts';
import { clientOf, readText } from '../files.ts';
import { referencesOf } from '../references.ts';

export const addCheck = (program: Command): void => {
  program
    .command('check')
    .description('all issues of journey documents, with the line, a caret and what to write instead')
    .argument('<file...>', 'journey documents')
    .option(
      '--client <name>',
      'check names of templates, forms, … against this client (default: the folder the file is in)',
    )
    .option('--json', 'issues as JSON')
    .action(async (files: string[], options: { client?: string; json?: boolean }) => {
      const results = await Promise.all(files.map((file) => check(file, options.client)));
      if (options.json)
        console.log(
          JSON.stringify(
            results.map(({ file, issues }) => ({ file, issues })),
            null,
            2,
          ),
        );
      else for (const result of results) print(result);
      if (results.some(({ issues }) => hasErrors(issues))) throw new Failure('');
    });
};

const check = async (file: string, named?: string) => {
  const text = readText(file);
  const client = clientOf(file, named);
  return { file, text, client, issues: checkDocument(text, client && (await referencesOf(client))).issues };
};

const print = ({ file, text, client, issues }: Awaited<ReturnType<typeof check>>): void => {
  if (issues.length > 0)
    console.log(formatIssues(issues, { file, text, color: process.stdout.isTTY === true }));
  else console.log(`${file}: no issues`);
  if (!client)
    console.error(
      `${file}: names of templates, forms, segments and teams were not checked; name a client with --client.`,
    );
};
