import type { Command } from 'commander';
import { formatIssues } from '#statemachines/checks/format';
import { ApiError, type ApiOptions, call, defaultUrl } from '../api.ts';
import { Failure } from '../failure.ts';
import { readJsonFile, readText } from '../files.ts';

export const addPublish = (program: Command): void => {
  program
    .command('publish')
    .description('upload a journey and publish it as a new version')
    .argument('<file>', 'journey document')
    .option('--url <url>', 'the API', defaultUrl)
    .option('--token <token>', 'admin token (default: WAYLEAF_ADMIN_TOKEN, else that of the data folder)')
    .option('--data <dir>', 'data folder of the embedded world', '.wayleaf')
    .option('--json', 'the answer as JSON')
    .action(async (file: string, options: ApiOptions & { json?: boolean }) => {
      const text = readText(file);
      const id = (readJsonFile(file) as { id?: unknown }).id;
      if (typeof id !== 'string')
        throw new Failure(`${file} has no "id". wayleaf check ${file} lists all issues.`);
      await upload(options, id, text, file);
      const answer = (await call(options, 'POST', `/v1/journeys/${encodeURIComponent(id)}/publish`)) as {
        version: number;
      };
      console.log(
        options.json
          ? JSON.stringify(answer)
          : `${id} is live as version ${answer.version}. New runs start on it; runs under way finish on theirs.`,
      );
    });
};

const upload = async (options: ApiOptions, id: string, text: string, file: string): Promise<void> => {
  try {
    await call(options, 'PUT', `/v1/journeys/${encodeURIComponent(id)}`, text);
  } catch (error) {
    if (!(error instanceof ApiError) || !error.problem.issues?.length) throw error;
    throw new Failure(
      formatIssues(error.problem.issues, { file, text, color: process.stderr.isTTY === true }),
    );
  }
};
