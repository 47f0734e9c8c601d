import type { Command } from 'commander';
import { encodingNamed } from '#csv/decode';
import { separatorNamed } from '#csv/separators';
import { plural } from '#kernel/words';
import { type ApiOptions, issueLine, withApi } from '../api.ts';
import { notStandardOutput } from '../arguments.ts';
import { type ImportOrder, importFile, type Outcome } from '../contacts-file/import-file.ts';
import { Failure } from '../failure.ts';

interface Given extends ApiOptions {
  map?: string[];
  tag?: string[];
  separator?: string;
  encoding?: string;
  decimal?: string;
  dates?: string;
  consentText?: string;
  result?: string;
  again?: boolean;
  json?: boolean;
}

const gather = (one: string, all: string[] = []): string[] => [...all, one];

export const addContactsImport = (program: Command): void => {
  withApi(
    program.commands
      .find((command) => command.name() === 'contacts')!
      .command('import')
      .description('contacts from a CSV file; what broke off goes on when it is called again')
      .argument('<file>', 'CSV: UTF-8, UTF-16 or Windows-1252; commas, semicolons, tabs or pipes')
      .option('--map <heading=field>', 'what a column is; "heading=" leaves it out; once for each', gather)
      .option('--tag <tag>', 'a tag for each contact; again for more', gather)
      .option('--consent-text <text>', 'the words that they agreed to, kept as proof')
      .option('--separator <name>', 'comma, semicolon, tab or pipe; found when left out')
      .option('--encoding <name>', 'utf-8, utf-16le, utf-16be or windows-1252; found when left out')
      .option('--decimal <mark>', 'of numbers: . or ,')
      .option('--dates <order>', 'of days such as 3/1/2026: DMY or MDY')
      .option(
        '--result <file>',
        'where the result of each row goes (default FILE.result.csv)',
        notStandardOutput,
      )
      .option('--again', 'also when this very file was imported before'),
  )
    .option('--json', 'the outcome as JSON')
    .action(async (file: string, given: Given) => {
      const order = orderOf(file, given);
      const outcome = await importFile(given, order);
      console.log(
        given.json ? JSON.stringify({ ...outcome, resultFile: order.result }) : describe(outcome, order),
      );
      if (outcome.rows > 0 && outcome.created + outcome.updated + outcome.unchanged === 0)
        throw new Failure(given.json ? '' : 'No row became a contact.');
    });
};

const named = <T>(
  name: string,
  text: string | undefined,
  read: (text: string) => T | undefined,
): T | undefined => {
  if (text === undefined) return undefined;
  const found = read(text);
  if (found === undefined) throw new Failure(`--${name} "${text}" is not known; see --help.`, 2);
  return found;
};

const orderOf = (file: string, given: Given): ImportOrder => {
  const query = new URLSearchParams();
  for (const map of given.map ?? []) query.append('map', map);
  for (const tag of given.tag ?? []) query.append('tag', tag);
  for (const name of ['decimal', 'dates', 'consentText'] as const) {
    const text = given[name];
    if (text !== undefined) query.set(name, text);
  }
  return {
    ...{ file, query, again: given.again === true },
    encoding: named('encoding', given.encoding, encodingNamed),
    separator: named('separator', given.separator, separatorNamed),
    result: given.result ?? `${file}.result.csv`,
  };
};

const sorted = ['created', 'updated', 'unchanged', 'empty-row'];

const describe = (outcome: Outcome, { file, result }: ImportOrder): string => {
  const { rows, created, updated, unchanged, refused, codes, leftOut, issues = [] } = outcome;
  const empty = codes['empty-row'] ?? 0;
  return [
    ...(outcome.repeated ? [repeatedLine(file, outcome)] : []),
    `${plural(rows, 'row')}: ${created} created, ${updated} updated, ${unchanged} unchanged, ${refused} refused${empty > 0 ? `, ${empty} empty` : ''}`,
    ...Object.entries(codes)
      .filter(([code]) => !sorted.includes(code))
      .map(([code, count]) => `  ${code}: ${count}`),
    ...leftOutLines(leftOut),
    ...newFieldLines(outcome),
    ...issues.map(issueLine),
    `What became of each row: ${result}`,
  ].join('\n');
};

const repeatedLine = (file: string, { finishedAt }: Outcome): string =>
  `${file} was imported before${finishedAt ? ` (${finishedAt.slice(0, 16).replace('T', ' ')} UTC)` : ''}; nothing was done now. --again imports it once more. It was:`;

const leftOutLines = (leftOut: Outcome['leftOut']): string[] => {
  const notes = Object.entries(leftOut);
  if (notes.length === 0) return [];
  const hint = notes.some(([note]) => note.endsWith(':ambiguous-number'))
    ? ['    = is 1.000 a thousand or one? Say --decimal , or --decimal .']
    : [];
  return ['  left out of rows that were taken:', ...notes.map(([n, count]) => `    ${n}: ${count}`), ...hint];
};

/** What was imported before is known by now. */
const newFieldLines = ({ newFields = [], repeated }: Outcome): string[] => {
  if (repeated || newFields.length === 0) return [];
  const names = newFields.map(({ field, heading, meant }) =>
    meant === undefined ? field : `${field} (did you mean ${meant}? --map "${heading}=${meant}")`,
  );
  return [`  fields that client.json does not name: ${names.join(', ')}`];
};
