import type { Command } from 'commander';
import { type ApiOptions, call, withApi } from '../api.ts';
import { formatTable } from '../output/table.ts';

interface Journey {
  id: string;
  name: string;
  owner?: 'folder' | 'api';
  status: string;
  version?: number;
  updatedAt: string;
}

const owners = { folder: "the client's folder", api: 'the API' };

/** Which journeys there are, and who may change each: a deployment leaves those of the API alone. */
export const addJourneys = (program: Command): void => {
  withApi(program.command('journeys').description('all journeys: status, version, and who owns each'))
    .option('--json', 'the answer as JSON')
    .action(async (options: ApiOptions & { json?: boolean }) => {
      const { journeys } = (await call(options, 'GET', '/v1/journeys')) as { journeys: Journey[] };
      if (options.json) return console.log(JSON.stringify(journeys, null, 2));
      if (journeys.length === 0) return console.log('There are no journeys yet.');
      console.log(
        formatTable(
          ['journey', 'status', 'version', 'owner', 'name'],
          journeys.map(({ id, status, version, owner = 'folder', name }) => [
            ...[id, status, version === undefined ? 'none' : String(version), owners[owner], name],
          ]),
        ),
      );
    });
};
