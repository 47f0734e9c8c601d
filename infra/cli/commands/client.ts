import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { newId } from '#kernel/ids';
import { plural } from '#kernel/words';
import { type Client, clientSchema } from '#model/client';
import { clientsFolder, listClients, readClientFolder } from '../../client-folder.ts';
import { lookAtNeighbours } from '../../neighbours.ts';
import {
  type Answers,
  type Question,
  questions,
  settingsFrom,
  wrongIn,
  wrongName,
} from '../client/answers.ts';
import { isTaken, writeClient } from '../client/write.ts';
import { Failure } from '../failure.ts';
import { shownPath } from '../files.ts';

interface Options extends Partial<Answers> {
  clients?: string;
  yes?: boolean;
}

export const addClient = (program: Command): void => {
  const client = program.command('client').description('the folders of clients');
  const add = client
    .command('add')
    .description("a new client's folder: settings, a first form, journey and mail, ready to deploy")
    .argument('<name>', 'name of the folder, and of everything that is made on AWS');
  for (const { flag, asks } of questions) add.option(`${flag} <value>`, asks);
  add
    .option('--yes', 'ask nothing: take the usual where a flag is left out')
    .option('--clients <dir>', 'where the folders of clients are (default: infra/clients)')
    .action(run);
};

const run = async (
  name: string,
  { clients: root = clientsFolder, yes, ...flags }: Options,
): Promise<void> => {
  const folder = join(root, name);
  refuseName(name, folder);
  const asks = !yes && process.stdin.isTTY === true;
  const given = asks ? await askedFor(name, flags) : withUsual(name, flags);
  refuseWrong(name, given);
  const settings = settingsFrom(name, given, `wk_${name}_${newId().slice(0, 12)}`);
  const shared = refuseClashes(clientSchema.parse(settings), root);
  const files = writeClient(folder, settings);
  console.log(files.map((file) => `  ${shownPath(file)}`).join('\n'));
  if (shared) console.log(`\n${name} ${shared}`);
  const guide = shownPath(join(clientsFolder, 'GUIDE.md'));
  console.log(
    `\n${plural(files.length, 'file')} for ${name}. Next: wayleaf doctor ${name} prints the DNS records, and ${guide} leads from an empty account to the first mail.`,
  );
};

const refuseName = (name: string, folder: string): void => {
  const wrong = wrongName(name);
  if (wrong)
    throw new Failure(
      `"${name}" cannot be the name of a client: use ${wrong}. Stacks, tables and functions will be called by it, as in wayleaf-NAME-main.`,
      2,
    );
  if (isTaken(folder))
    throw new Failure(
      `${shownPath(folder)} is there already, and nothing was changed. Choose another name, or edit ${shownPath(join(folder, 'client.json'))}.`,
    );
};

const withUsual = (name: string, flags: Partial<Answers>): Partial<Answers> => {
  const given = { ...flags };
  for (const { id, usual } of questions) given[id] ??= isAnswerable(given) ? usual?.(given, name) : undefined;
  return given;
};
/** Some of the usual follows from the domain. */
const isAnswerable = ({ domain }: Partial<Answers>): boolean => domain !== undefined;

const askedFor = async (name: string, flags: Partial<Answers>): Promise<Partial<Answers>> => {
  const given = { ...flags };
  const line = createInterface({ input: process.stdin, output: process.stderr });
  try {
    for (const question of questions)
      while (wrongIn(name, given, question) !== undefined) await ask(line, name, given, question);
  } finally {
    line.close();
  }
  return given;
};

const ask = async (
  line: { question(query: string): Promise<string> },
  name: string,
  given: Partial<Answers>,
  question: Question,
): Promise<void> => {
  const { id, asks, usual } = question;
  const offered = usual?.(given, name);
  const answer = (await line.question(`${asks}${offered ? ` [${offered}]` : ''}: `)).trim();
  given[id] = answer === '' && offered ? offered : answer;
  const wrong = wrongIn(name, given, question);
  if (wrong) console.error(`  ${wrong}`);
};

/** All of it at once, by the flag that is to be changed. */
const refuseWrong = (name: string, given: Partial<Answers>): void => {
  const wrong = questions.flatMap((question) => {
    const words = wrongIn(name, given, question);
    return words === undefined
      ? []
      : [`  ${question.flag} ${words}${words === 'is missing' ? `: ${question.asks}` : ''}`];
  });
  if (wrong.length > 0)
    throw new Failure(`Nothing was written, as this is missing or wrong:\n${wrong.join('\n')}`, 2);
};

/** @returns what it shares with others of its account */
const refuseClashes = (client: Client, root: string): string | undefined => {
  const { refused, shared } = lookAtNeighbours([...settingsIn(root), client]);
  const own = refused.filter((words) => words.includes(`"${client.name}"`));
  if (own.length > 0) throw new Failure(`Nothing was written. ${own.join('\n')}`);
  return shared.get(client.name);
};

/** Of a client whose settings are wrong nobody knows where it is; its own commands say what is wrong. */
const settingsIn = (root: string): Client[] =>
  listClients(root).flatMap((name) => {
    const read = clientSchema.safeParse(readClientFolder(name, root).client);
    return read.success ? [read.data] : [];
  });
