import type { Command } from 'commander';
import type { Restoration } from '../../local/backup/restore.ts';
import { Failure } from '../failure.ts';

interface Options {
  data: string;
  json?: boolean;
}
type RestoreOptions = Options & { client: string; lost?: string };

/** backup, restore: of the embedded world. What AWS has for it stands in infra/aws/runbooks/restore.md. */
export const addBackup = (program: Command): void => {
  program
    .command('backup')
    .description('the embedded world as it is at one moment, also while it runs')
    .argument('<dir>', 'a new folder for it')
    .option('--data <dir>', 'data folder of the world', '.wayleaf')
    .option('--json', 'what was done as JSON')
    .action(async (to: string, { data, json }: Options) => {
      const { backUp } = await import('../../local/backup/backup.ts');
      const note = await told(() => backUp(data, to));
      console.log(json ? JSON.stringify(note) : `${note.client} as of ${note.at} is in ${to}.`);
    });
  program
    .command('restore')
    .description('a new data folder from a backup, which sends nobody anything twice')
    .argument('<dir>', 'the backup')
    .option('--data <dir>', 'a new data folder', '.wayleaf')
    .option('--client <name>', 'folder in infra/clients', 'acme')
    .option('--lost <dir>', 'the data folder that is replaced, where it can still be read')
    .option('--json', 'what was done as JSON')
    .action(restoreInto);
};

const restoreInto = async (backup: string, options: RestoreOptions): Promise<void> => {
  const { data, client: name, lost, json } = options;
  const { restore } = await import('../../local/backup/restore.ts');
  const { createWorld } = await import('../../local/world.ts');
  const { readClientFolder } = await import('../../client-folder.ts');
  const { readClientSettings } = await import('../../client-settings.ts');
  const client = readClientSettings(readClientFolder(name).client);
  const openWorld = (folder: string) => createWorld({ data: folder, client: name, clock: 'real' });
  const done = await told(() => restore({ backup, data, client, lost, openWorld }));
  console.log(json ? JSON.stringify(done) : describe(done, data, lost));
};

/** What was refused is told without a stack. */
const told = async <T>(work: () => T | Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if ((error as Error).name === 'BackupRefused') throw new Failure((error as Error).message);
    throw error;
  }
};

const describe = ({ from, at, ...brought }: Restoration, data: string, lost?: string): string =>
  [
    `${data} is as of ${from}.`,
    lost === undefined
      ? `What may have been sent between then and ${at} is not sent again: such messages are skipped ("restored").`
      : `From ${lost}: ${brought.messages} messages that were made, ${brought.suppressions} suppressions, ${brought.erased} erasures.`,
  ].join('\n');
