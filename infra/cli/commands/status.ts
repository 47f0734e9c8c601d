import type { Command } from 'commander';
import type { Status } from '#functions/operations/watching/status';
import { ownAddress } from '#model/deployment';
import { clientsFolder, readClientFolder } from '../../client-folder.ts';
import { readClientSettings } from '../../client-settings.ts';
import { type ApiOptions, call, withToken } from '../api.ts';
import { Failure } from '../failure.ts';
import { knownClient } from '../files.ts';
import { formatTable } from '../output/table.ts';
import { describeSending } from './sending.ts';

interface Options extends Partial<ApiOptions> {
  clients?: string;
  json?: boolean;
}

const here = 'http://127.0.0.1:4747';

export const addStatus = (program: Command): void => {
  const command = program
    .command('status')
    .description('how a client is, at a glance: leads, runs, messages, what waits, what is wrong')
    .argument('<client>', 'name of the folder')
    .option('--url <url>', `the API (default: deployment.domain or publicUrl of client.json, else ${here})`);
  withToken(command)
    .option('--clients <dir>', 'where the folders of clients are (default: infra/clients)')
    .option('--json', 'the answer as JSON')
    .addHelpText('after', '\nExit 1 when something is wrong.')
    .action(run);
};

const run = async (named: string, { clients = clientsFolder, ...options }: Options): Promise<void> => {
  const name = knownClient(named, clients);
  const url = options.url ?? addressOf(name, clients) ?? here;
  const status = (await call({ ...options, url }, 'GET', '/v1/status')) as Status;
  if (status.client !== name) throw new Failure(`At ${url} is the client "${status.client}", not "${name}".`);
  console.log(options.json ? JSON.stringify(status, null, 2) : describeStatus(status));
  if (!status.healthy) throw new Failure('');
};

const addressOf = (name: string, clients: string): string | undefined =>
  ownAddress(readClientSettings(readClientFolder(name, clients).client));

const runbooks = 'infra/aws/runbooks';

const describeStatus = (status: Status): string =>
  [
    `${status.client} at ${status.at}: ${status.healthy ? 'all is well.' : `${status.problems.length} to look at.`}`,
    ...status.problems.map(({ code, says }) => `  ${says} (${runbooks}/${code}.md)`),
    '',
    daysOf(status),
    '',
    `runs under way   ${status.runs.active}`,
    ...status.runs.held.map(({ says }) => `held back        ${says}`),
    `waiting          events ${ago(status.waiting.events)}, claims ${ago(status.waiting.claims)}, of unknown fate ${ago(status.waiting.open)}`,
    `quarantine       ${status.quarantine.entries}${status.quarantine.more ? ' or more' : ''}`,
    ...status.heartbeat.map(
      ({ channel, state, sentAt = '' }) => `heartbeat        ${channel} ${state} ${sentAt}`,
    ),
    '',
    describeSending(status.sending),
  ].join('\n');

const ago = ({ oldestSeconds }: { oldestSeconds?: number | undefined }): string =>
  oldestSeconds === undefined ? 'none' : `since ${oldestSeconds} s`;

const rows = [
  ['leads', (day) => day.leads],
  ['events', (day) => day.events],
  ['runs begun', (day) => day.runs],
  ['sent', (day) => day.sends.sent],
  ['skipped', (day) => day.sends.skipped],
  ['failed', (day) => day.sends.failed],
  ['unknown', (day) => day.sends.indeterminate],
  ['delivered', (day) => day.delivered],
  ['bounced', (day) => day.bounced],
  ['complained', (day) => day.complained],
] as const satisfies readonly (readonly [string, (day: Status['today']) => number])[];

const daysOf = ({ today, yesterday }: Status): string =>
  formatTable(
    ['', `today ${today.day}`, `yesterday ${yesterday.day}`],
    rows.map(([name, of]) => [name, of(today), of(yesterday)]),
  );
