import type { Command } from 'commander';
import { type ApiOptions, withApi } from '../api.ts';
import { fetchPages, writeAll } from '../contacts-file/import-file.ts';
import { Failure } from '../failure.ts';
import { createProgress } from '../output/progress.ts';
import { createWholeFile, writeWhole } from '../output/whole-file.ts';

interface Given extends ApiOptions {
  output?: string;
  format?: string;
  segment?: string;
  excel?: boolean;
}

export const addContactsExport = (program: Command): void => {
  withApi(
    program.commands
      .find((command) => command.name() === 'contacts')!
      .command('export')
      .description('all contacts, or those of a segment, as CSV or NDJSON; an import reads it back')
      .option('-o, --output <file>', 'else standard output, as for -')
      .option(
        '--format <format>',
        'csv or ndjson; when left out, by the ending of the file: .ndjson or .jsonl, else csv',
      )
      .option('--segment <id>', 'only the members of a segment')
      .option('--excel', 'begin with the mark by which Excel knows UTF-8'),
  ).action(exportContacts);
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
  const path = `/v1/contacts/export?${query}`;
  const mark = given.excel && format === 'csv' ? '\uFEFF' : '';
  if (given.output === undefined) {
    await fetchAll(given, path, (text) => writeAll(process.stdout, text), { mark, format });
    return;
  }
  await writeWhole(createWholeFile(given.output), (write) => fetchAll(given, path, write, { mark, format }));
};

const fetchAll = async (
  options: ApiOptions,
  path: string,
  write: (text: string) => Promise<void>,
  { mark, format }: { mark: string; format: string },
): Promise<void> => {
  const progress = createProgress('export');
  let contacts = format === 'csv' ? -1 : 0;
  let before = mark;
  try {
    await fetchPages(options, path, async (text) => {
      await write(before + text);
      before = '';
      contacts += text.split('\n').length - 1;
      progress.step(contacts, contacts, 'contacts');
    });
  } finally {
    progress.end();
  }
};
