import type { Command } from 'commander';
import type { LinkKey, LinkKeyList } from '#store/catalogue/rotate-keys';
import { type ApiOptions, call, withApi } from '../api.ts';
import { formatTable } from '../output/table.ts';

type Options = ApiOptions & { json?: boolean };
type RotateOptions = Options & { oldFor: string; leaked?: boolean };

/** keys list, rotate. */
export const addKeys = (program: Command): void => {
  const keys = program.command('keys').description('keys that sign the links in messages: list, rotate');
  reporting(keys.command('list').description('which key signs, which still verify, and until when')).action(
    async (options: Options) => print(options, await call(options, 'GET', '/v1/keys')),
  );
  reporting(keys.command('rotate').description('take a new key; links that were sent before work on'))
    .option('--old-for <duration>', 'how long links of the old keys work on', '400 days')
    .option('--leaked', 'others may have the old keys: they only unsubscribe from now on')
    .action(async ({ oldFor, leaked, ...options }: RotateOptions) => {
      const body = JSON.stringify({ oldFor, ...(leaked ? { leaked } : {}) });
      print(options, await call(options, 'POST', '/v1/keys/rotate', body));
    });
};

const reporting = (command: Command): Command => withApi(command).option('--json', 'the answer as JSON');

const print = (options: Options, answer: unknown): void => {
  const { keys, copied } = answer as LinkKeyList;
  console.log(options.json ? JSON.stringify(answer, null, 2) : tableOf(keys));
  if (!copied)
    console.error('Their second home does not have them yet; it is tried again every five minutes.');
};

const tableOf = (keys: readonly LinkKey[]): string =>
  formatTable(
    ['key', 'use', 'signs from', 'works until'],
    keys.map(({ id, use, signsFrom = '', verifiesUntil = '' }) => [id, use, signsFrom, verifiesUntil]),
  );
