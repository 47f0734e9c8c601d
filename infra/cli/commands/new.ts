import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import type { Issue } from '#kernel/issue';
import { plural } from '#kernel/words';
import { checkDocument } from '#statemachines/checks/check';
import { formatIssues } from '#statemachines/checks/format';
import { journeySchemaText } from '#statemachines/document/json-schema';
import { expectationSchemaText } from '#statemachines/expectations/json-schema';
import { clientsFolder, listClients } from '../../client-folder.ts';
import { type Copy, copiesOf, listLibrary } from '../../library/library.ts';
import { type Addition, addNeeds } from '../client-needs.ts';
import { Failure, noSuch } from '../failure.ts';
import { knownClient, readText, shownPath, writeText } from '../files.ts';
import { referencesOf } from '../references.ts';

interface Options {
  from?: string;
  client?: string;
  clients?: string;
}

export const addNew = (program: Command): void => {
  program
    .command('new')
    .description("copy a ready journey, with its templates, forms and segments, into a client's folder")
    .option('--from <name>', 'the ready journey (without it: lists them)')
    .option('--client <name>', 'whose folder (default: the only client)')
    .option('--clients <dir>', 'where the folders of clients are (default: infra/clients)')
    .action(async ({ from, client: named, clients: root = clientsFolder }: Options) => {
      if (from === undefined) return console.log(listed());
      const name = nameOf(from);
      const client = clientNamed(named, root);
      const copies = refuseOverwriting(copiesOf(name, join(root, client)).filter(isMissing));
      // First, as only this may find that the client's settings are wrong.
      const added = addNeeds(name, join(root, client));
      copies.forEach(copy);
      const journey = copies[0]!.to;
      writeSchemasBeside(journey);
      console.log(copies.map(({ to }) => `  ${shownPath(to)}`).join('\n'));
      tellAdditions(added, shownPath(join(root, client, 'client.json')));
      await tellIssues(journey, shownPath(journey), { name: client, root });
      console.log(
        `\n${plural(copies.length, 'file')} for ${client}. Read ${shownPath(join(dirname(copies[0]!.from), 'README.md'))}, make it yours, then: wayleaf picture ${shownPath(journey)} -o journey.svg, wayleaf test ${client}`,
      );
    });
};

const listed = (): string => {
  const entries = listLibrary();
  const width = Math.max(...entries.map(({ name }) => name.length));
  return [
    'Ready journeys, for wayleaf new --from NAME:',
    ...entries.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}`),
  ].join('\n');
};

const nameOf = (wanted: string): string => {
  const names = listLibrary().map(({ name }) => name);
  if (names.includes(wanted)) return wanted;
  throw noSuch('ready journey', wanted, names, `\n${listed()}`);
};

const clientNamed = (named: string | undefined, root: string): string => {
  const clients = listClients(root);
  if (named === undefined && clients.length === 1) return clients[0]!;
  if (named === undefined) throw new Failure(`Name a client with --client: ${clients.join(', ')}.`, 2);
  return knownClient(named, root);
};

/** All or nothing: a half-copied journey would be worse than none. */
const refuseOverwriting = (copies: Copy[]): Copy[] => {
  const there = copies.filter(({ to, from }) => existsSync(to) && !isSameFile(from, to));
  if (existsSync(copies[0]!.to) || there.length > 0)
    throw new Failure(
      `Nothing was copied, as this is there already:\n${[...new Set([...copies.slice(0, 1), ...there])]
        .filter(({ to }) => existsSync(to))
        .map(({ to }) => `  ${to}`)
        .join('\n')}\nMove it away, or rename it, and try again.`,
    );
  return copies;
};

/** A layout that the client made its own stays so. */
const isMissing = ({ to, isShared }: Copy): boolean => !isShared || !existsSync(to);

const isSameFile = (one: string, other: string): boolean => readFileSync(one).equals(readFileSync(other));

const copy = ({ from, to }: Copy): void => {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
};

/** For editors. */
const writeSchemasBeside = (journey: string): void => {
  for (const [name, text] of Object.entries(schemas)) {
    const file = join(dirname(journey), name);
    if (!existsSync(file)) writeText(file, text());
  }
};
const schemas = { 'journey.schema.json': journeySchemaText, 'expect.schema.json': expectationSchemaText };

const tellAdditions = (added: Addition[], file: string): void => {
  if (added.length === 0) return;
  console.log(
    [
      `\nAdded to ${file}. Are these the right pages, and who is in the teams?`,
      ...added.map(({ path, value }) => `  ${path.join('.')}: ${JSON.stringify(value)}`),
    ].join('\n'),
  );
};

/** What the client lacks for it, such as a team. */
const tellIssues = async (
  file: string,
  shown: string,
  client: { name: string; root: string },
): Promise<void> => {
  const text = readText(file);
  const issues: Issue[] = checkDocument(text, await referencesOf(client)).issues;
  if (issues.length > 0) console.log(`\n${formatIssues(issues, { file: shown, text })}`);
};
