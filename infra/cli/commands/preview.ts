import { extname } from 'node:path';
import type { Command } from 'commander';
import type { PreviewAnswer } from '#functions/messages/previewing/request';
import { type ApiOptions, call, issueLine, withApi } from '../api.ts';
import { notStandardOutput } from '../arguments.ts';
import { Failure } from '../failure.ts';
import { writeText } from '../files.ts';
import {
  contactOf,
  type NamedTemplate,
  namedTemplate,
  requestOf,
  type ShowOptions,
  withShowOptions,
} from '../templates/request.ts';

interface Options extends ApiOptions, ShowOptions {
  output?: string;
  client?: string;
  json?: boolean;
}

export const addPreview = (program: Command): void => {
  const command = program
    .command('preview')
    .description('a template as a contact would get it; nothing is sent')
    .argument('<template>', 'a file in templates/ (needs no world), or the id of one that was uploaded');
  withApi(withShowOptions(command))
    .option(
      '-o, --output <file>',
      'write the mail to FILE.html, its text to FILE.txt, or all to FILE.json',
      notStandardOutput,
    )
    .option('--client <name>', 'whose settings count for a file that is in the folder of no client')
    .option('--json', 'the result as JSON')
    .action(preview);
};

const preview = async (name: string, options: Options): Promise<void> => {
  const shown = await show(namedTemplate(name), options);
  for (const issue of shown.issues) console.error(issueLine(issue));
  if (options.output !== undefined) writeText(options.output, partOf(shown, options.output));
  if (options.json) console.log(JSON.stringify(shown, null, 2));
  else if (!shown.skipped) console.log(describe(shown, options));
  if (shown.skipped)
    throw new Failure(`This contact would get nothing: ${shown.skipped.reason} ${shown.skipped.detail}`);
};

/** A contact by name is known only to a world. */
const show = async (named: NamedTemplate, options: Options): Promise<PreviewAnswer> => {
  const { id, place } = named;
  if (place && typeof contactOf(options) !== 'string') {
    const { previewHere } = await import('../templates/preview-here.ts');
    return previewHere({ id, place }, options);
  }
  const body = JSON.stringify(requestOf(named, options));
  return (await call(options, 'POST', `/v1/templates/${id}/preview`, body)) as PreviewAnswer;
};

const forms: Readonly<Record<string, (shown: PreviewAnswer) => string | undefined>> = {
  '.html': ({ html }) => html,
  '.txt': ({ text }) => text,
  '.json': (shown) => `${JSON.stringify(shown, null, 2)}\n`,
};

const partOf = (shown: PreviewAnswer, file: string): string => {
  const form = forms[extname(file).toLowerCase()];
  if (!form) throw new Failure('Write to a file that ends in .html, .txt or .json.', 2);
  const part = form(shown);
  if (part === undefined)
    throw new Failure(`There is nothing to write to ${file}: this message has no such part.`);
  return part;
};

const describe = (shown: PreviewAnswer, { output }: Options): string => {
  const { from, to, subject, preheader, language, bytes, segments, text } = shown;
  const size =
    bytes === undefined ? undefined : `${Math.ceil(bytes / 1000)} KB of HTML; Gmail cuts off after 102`;
  const lines = {
    From: from,
    To: to,
    Subject: subject,
    Preheader: preheader,
    Language: language,
    Size: size,
  };
  const parts = segments === undefined ? {} : { Parts: String(segments) };
  const head = Object.entries({ ...lines, ...parts })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${`${name}:`.padEnd(11)}${value}`);
  const written = output === undefined ? [] : ['', `Written to ${output}`];
  return [...head, '', text ?? '', ...written].join('\n');
};
