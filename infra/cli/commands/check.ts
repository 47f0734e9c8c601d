import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Command } from 'commander';
import { hasErrors, type Issue } from '#kernel/issue';
import { plural } from '#kernel/words';
import { checkDocument } from '#statemachines/checks/check';
import { type Fixed, fixDocument } from '#statemachines/checks/fix/fix';
import { formatIssues } from '#statemachines/checks/format';
import { type Beside, isBeside, lookBeside } from '../beside.ts';
import { Failure } from '../failure.ts';
import { clientOf, isFolder, placeOf, readText, writeText } from '../files.ts';
import { unifiedDiff } from '../output/unified-diff.ts';
import { referencesOf } from '../references.ts';
import { checkTemplateFile } from '../templates/check-template.ts';
import { templatePlaceOf } from '../templates/place.ts';

interface Options {
  client?: string;
  json?: boolean;
  fix?: boolean;
  dryRun?: boolean;
}

export const addCheck = (program: Command): void => {
  program
    .command('check')
    .description('all issues of journeys and templates, with the line, a caret and what to write instead')
    .argument('<file...>', 'journeys, templates, layouts, partials, or a client (its name or folder)')
    .option(
      '--client <name>',
      'check names of templates, forms, … against this client (default: the folder the file is in)',
    )
    .option('--fix', 'repair what has one meaning only, and say what was done')
    .option('--dry-run', 'with --fix: show the repairs as a diff, and write nothing')
    .option('--json', 'issues as JSON')
    .action(async (named: string[], options: Options) => {
      if (options.dryRun && !options.fix) throw new Failure('--dry-run goes with --fix.', 2);
      const files = named.map(placeOf);
      const others = await Promise.all(files.filter(isBeside).map(lookBeside));
      const checked = filesIn(files).filter((file) => !isBeside(file));
      const results = (await Promise.all(checked.map((file) => checkAny(file, options)))).flat();
      for (const result of results) save(result, options);
      if (options.json)
        console.log(JSON.stringify([...results.map(asJson), ...others.map(besideAsJson)], null, 2));
      else show(results, others, options);
      if (results.some(({ issues }) => hasErrors(issues)) || others.some(({ wrong }) => wrong !== undefined))
        throw new Failure('');
    });
};

interface Result {
  file: string;
  /** As the author wrote it. */
  source: string;
  /** As it is now: of this the issues are told. */
  text: string;
  issues: Issue[];
  repaired: Fixed['repaired'];
  hasClient: boolean;
}

/** A client's folder stands for all that is checked in it. */
const filesIn = (names: readonly string[]): string[] =>
  names.flatMap((name) => {
    if (!isFolder(name)) return [name];
    const found = [
      ...['journeys', 'layouts', 'partials', 'templates'].flatMap((room) =>
        documentsIn(join(name, room), room),
      ),
      ...documentsIn(name, basename(name)),
    ];
    return found.length > 0 ? found : [name];
  });

const documentsIn = (folder: string, room: string): string[] => {
  if (!/^(?:journeys|layouts|partials|templates)$/.test(room) || !existsSync(folder)) return [];
  const wanted = room === 'journeys' ? ending : '.json';
  const names = readdirSync(folder).filter((name) => name.endsWith(wanted));
  return names.sort().map((name) => join(folder, name));
};

const checkAny = async (file: string, options: Options): Promise<Result[]> => {
  const place = templatePlaceOf(file);
  if (!place) return [await check(file, options)];
  return (await checkTemplateFile(place, options.client)).map((result) => ({
    ...{ ...result, source: result.text, repaired: [] },
    hasClient: options.client !== undefined || existsSync(join(place.folder, 'client.json')),
  }));
};

const check = async (file: string, { client: named, fix }: Options): Promise<Result> => {
  const source = readText(file);
  const client = clientOf(file, named);
  const references = client && { ...(await referencesOf(client)), id: idOf(file) };
  const result = { file, source, hasClient: client !== undefined };
  if (!fix)
    return { ...result, text: source, repaired: [], issues: checkDocument(source, references).issues };
  const { left, ...fixed } = fixDocument(source, references, schemaBeside(file));
  return { ...result, ...fixed, issues: left };
};

const ending = '.journey.json';
/** In a client's folder a journey goes by its file's name. */
const idOf = (file: string): string | undefined =>
  clientOf(file) && file.endsWith(ending) ? basename(file, ending) : undefined;

const schemaName = 'journey.schema.json';
/** Named only where there is one: an editor complains of an address that leads nowhere. */
const schemaBeside = (file: string): { schema?: string } =>
  existsSync(join(dirname(file), schemaName)) ? { schema: `./${schemaName}` } : {};

const save = ({ file, source, text }: Result, { dryRun }: Options): void => {
  if (!dryRun && text !== source) writeText(file, text);
};

const asJson = ({ file, issues, repaired }: Result) => ({
  file,
  ...(repaired.length > 0 && { repaired }),
  issues,
});

const besideAsJson = ({ file, says, wrong }: Beside) =>
  wrong === undefined
    ? { file, says, issues: [] }
    : { file, issues: [{ severity: 'error', message: wrong }] };

const show = (results: readonly Result[], others: readonly Beside[], options: Options): void => {
  for (const { file, says, wrong } of others)
    if (wrong === undefined) console.log(`${file}: ${says}`);
    else console.error(wrong);
  for (const result of results) {
    if (options.fix) showRepairs(result, options);
    showIssues(result);
  }
  const first = results.flatMap(({ issues }) => issues)[0];
  if (first) console.log(`\nwayleaf explain ${first.code} tells more; so for every code.`);
};

const showRepairs = ({ file, source, text, repaired }: Result, { dryRun }: Options): void => {
  if (dryRun) process.stdout.write(unifiedDiff(file, source, text));
  for (const { line, says } of repaired) console.log(`${file}:${line} ${says}`);
  const count = plural(repaired.length, 'repair');
  if (repaired.length > 0) console.log(dryRun ? `${count} to make; nothing was written` : `${count} made`);
  else console.log(`${file}: nothing to repair`);
  console.log('');
};

const showIssues = ({ file, text, hasClient, issues }: Result): void => {
  if (issues.length > 0)
    console.log(formatIssues(issues, { file, text, color: process.stdout.isTTY === true }));
  else console.log(`${file}: no issues`);
  if (!hasClient)
    console.error(
      `${file}: names of ${templatePlaceOf(file) ? 'pages and brand words' : 'templates, forms, segments and teams'} were not checked; name a client with --client.`,
    );
};
