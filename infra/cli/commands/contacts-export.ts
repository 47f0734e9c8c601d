import { createWriteStream } from 'node:fs';
import type { Command } from 'commander';
import { type ApiOptions, defaultUrl } from '../api.ts';
import { fetchPages, writeAll } from '../contacts-file/import-file.ts';
import { Failure } from '../failure.ts';
import { createProgress } from '../progress.ts';

interface Given extends ApiOptions {
  output?: string;
  format?: string;
  segment?: string;
  excel?: boolean;
}

export const addContactsExport = (program: Command): void => {
  program.commands
    .find((command) => command.name() === 'contacts')!
    .command('export')
    .description('all contacts, or those of a segment, as CSV or NDJSON; an import reads it back')
    .option('-o, --output <file>', 'else standard output')
    .option('--format <format>', 'csv or ndjson; by the ending of the file when left out')
    .option('--segment <id>', 'only the members of a segment')
    .option('--excel', 'begin with the mark by which Excel knows UTF-8')
    .option('--url <url>', 'the API', defaultUrl)
    .option('--token <token>', 'admin token')
    .option('--data <dir>', 'data folder of the embedded world', '.wayleaf')
    .action(exportContacts);
};

const formatOf = ({ format, output = '' }: Given): string => {
  const found = format ?? (/\.(ndjson|jsonl)$/.test(output) ? 'ndjson' : 'csv');
  if (found !== 'csv' && found !== 'ndjson')
    throw new Failure(`--format "${found}" is neither csv nor ndjson.`, 2);
  return found;
};

const exportContacts = async (given: Given): Promise<void> => {
  const format = formatOf(given);
  const query = new URLSearchParams({
    format,
    ...(given.segment === undefined ? {} : { segment: given.segment }),
  });
  const out = given.output === undefined ? process.stdout : createWriteStream(given.output);
  const progress = createProgress('export');
  let contacts = format === 'csv' ? -1 : 0;
  if (given.excel && format === 'csv') await writeAll(out, '\uFEFF');
  await fetchPages(given, `/v1/contacts/export?${query}`, async (text) => {
    await writeAll(out, text);
    contacts += text.split('\n').length - 1;
    progress.step(contacts, contacts, 'contacts');
  });
  progress.end();
  if (given.output === undefined) return;
  await new Promise<void>((resolve, reject) => {
    out.once('error', reject).end(() => resolve());
  });
};
