import type { Command } from 'commander';
import type { Issue } from '#kernel/issue';
import { checkDocument } from '#statemachines/checks/check';
import { formatIssues } from '#statemachines/checks/format';
import { parseText } from '#statemachines/document/parse';
import { ApiError, type ApiOptions, call, withApi } from '../api.ts';
import { Failure } from '../failure.ts';
import { readText } from '../files.ts';

interface Options extends ApiOptions {
  ifMatch?: string;
  json?: boolean;
}

export const addPublish = (program: Command): void => {
  withApi(
    program
      .command('publish')
      .description('upload a journey and publish it as a new version')
      .argument('<file>', 'journey document'),
  )
    .option(
      '--if-match <etag>',
      'only while the draft there is this one: nobody changed it since you read it',
    )
    .option('--json', 'the answer as JSON')
    .action(publish);
};

const publish = async (file: string, options: Options): Promise<void> => {
  const text = readText(file);
  const told = (issues: readonly Issue[]): string =>
    formatIssues(issues, { file, text, color: process.stderr.isTTY === true });
  const path = `/v1/journeys/${encodeURIComponent(idIn(text, told))}`;
  const { draftEtag, issues } = await upload(options, path, text, told);
  if (issues.length > 0) console.error(told(issues));
  // Whoever uploads at the same time: what is published is what was uploaded here.
  const match = { 'if-match': `"${draftEtag}"` };
  const answer = (await call(options, 'POST', `${path}/publish`, undefined, match)) as Published;
  // Those of the journey itself were told when it was uploaded; these are of its templates.
  const elsewhere = answer.issues.filter((issue) => issue.file !== undefined);
  if (elsewhere.length > 0) console.error(told(elsewhere));
  console.log(options.json ? JSON.stringify(answer) : sentence(answer));
};

interface Uploaded {
  draftEtag: string;
  issues: Issue[];
}
interface Published {
  id: string;
  version: number;
  status: string;
  issues: Issue[];
}

/** What has no id can only be wrong, and `check` knows what else is. */
const idIn = (text: string, told: (issues: readonly Issue[]) => string): string => {
  const { value } = parseText(text);
  const id = (value as { id?: unknown } | null | undefined)?.id;
  if (typeof id !== 'string' || id === '') throw new Failure(told(checkDocument(text).issues));
  return id;
};

const upload = async (
  options: Options,
  path: string,
  text: string,
  told: (issues: readonly Issue[]) => string,
): Promise<Uploaded> => {
  const match: Record<string, string> =
    options.ifMatch === undefined ? {} : { 'if-match': quoted(options.ifMatch) };
  try {
    return (await call(options, 'PUT', path, text, match)) as Uploaded;
  } catch (error) {
    if (!(error instanceof ApiError) || !error.problem.issues?.length) throw error;
    throw new Failure(told(error.problem.issues));
  }
};

/** An ETag stands in quotes, which shells eat. */
const quoted = (etag: string): string => `"${etag.replaceAll('"', '')}"`;

const sentence = ({ id, version, status }: Published): string =>
  status === 'paused'
    ? `${id} is published as version ${version}, and stays paused: wayleaf resume ${id} lets people enter.`
    : `${id} is live as version ${version}. New runs start on it; runs under way finish on theirs.`;
