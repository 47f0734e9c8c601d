import { type Command, Option } from 'commander';
import type * as z from 'zod';
import type { madeTokenSchema, tokenSchema, tokensSchema } from '#functions/api/manage-tokens/schemas';
import { type Role, roles } from '#model/role';
import { type ApiOptions, call, keepToken, withApi } from '../api.ts';
import { Failure } from '../failure.ts';
import { formatTable } from '../output/table.ts';

type Token = z.output<typeof tokenSchema>;
type Made = z.output<typeof madeTokenSchema>;
type Options = ApiOptions & { json?: boolean };
type AddOptions = Options & { role: Role; validFor?: string; client?: string; endpoint?: string };
type RotateOptions = Options & { oldFor?: string; leaked?: boolean; validFor?: string };

/** tokens list, add, rotate, revoke. */
export const addTokens = (program: Command): void => {
  const tokens = program.command('tokens').description('who may use the API: list, add, rotate, revoke');
  reporting(tokens.command('list').description('all tokens, never their secrets')).action(list);
  reporting(tokens.command('add').description('a new token, shown this once'))
    .argument('<name>', 'whose it is, or what uses it')
    .addOption(new Option('--role <role>', 'what it may do').choices(roles).makeOptionMandatory())
    .option('--valid-for <duration>', 'how long it is good; left out, until somebody revokes it')
    .option(
      '--client <name>',
      'straight into the tables of a client, by your AWS credentials: the first token',
    )
    .option('--endpoint <url>', 'with --client: AWS is there (the embedded world: http://127.0.0.1:4747/aws)')
    .action(add);
  reporting(tokens.command('rotate').description('a new secret for a token, shown this once'))
    .argument('<token>', 'its name or id')
    .option('--old-for <duration>', 'how long the old secret works on (default: 1 day)')
    .option('--leaked', 'others may have the old secret: it ends at once')
    .option('--valid-for <duration>', 'how long the new one is good')
    .action(rotate);
  withApi(tokens.command('revoke').description('end a token at once'))
    .argument('<token>', 'its name or id')
    .action(revoke);
};

const reporting = (command: Command): Command => withApi(command).option('--json', 'the answer as JSON');

const all = async (options: ApiOptions): Promise<Token[]> =>
  ((await call(options, 'GET', '/v1/tokens')) as z.output<typeof tokensSchema>).tokens;

const list = async (options: Options): Promise<void> => {
  const tokens = await all(options);
  console.log(options.json ? JSON.stringify({ tokens }, null, 2) : tableOf(tokens));
};

const tableOf = (tokens: readonly Token[]): string =>
  formatTable(
    ['name', 'role', 'id', 'made', 'by', 'last used', 'good until'],
    tokens.map(({ name, role, id, createdAt, createdBy = '', lastUsed = 'never', validUntil, status }) => [
      ...[name, role, id, createdAt.slice(0, 10), createdBy, lastUsed.slice(0, 16).replace('T', ' ')],
      status === 'ended' ? 'ended' : (validUntil ?? '').slice(0, 16).replace('T', ' '),
    ]),
  );

const add = async (
  name: string,
  { role, validFor, client, endpoint, ...options }: AddOptions,
): Promise<void> => {
  if (client !== undefined) {
    const { addDirectly } = await import('../first-token.ts');
    return show(options, await addDirectly({ client, endpoint, name, role, validFor }));
  }
  const body = JSON.stringify({ name, role, ...(validFor === undefined ? {} : { validFor }) });
  show(options, (await call(options, 'POST', '/v1/tokens', body)) as Made);
};

const idOf = async (options: ApiOptions, named: string): Promise<string> => {
  const tokens = await all(options);
  const found = tokens.find(({ id, name }) => id === named || name === named);
  if (found) return found.id;
  const known = tokens.map(({ name }) => `"${name}"`).join(', ');
  throw new Failure(`There is no token "${named}". There is ${known}.`);
};

const rotate = async (named: string, options: RotateOptions): Promise<void> => {
  const { oldFor, leaked, validFor } = options;
  const wish = Object.entries({ oldFor, leaked, validFor }).filter(([, value]) => value !== undefined);
  const id = await idOf(options, named);
  const isOwn = ((await call(options, 'GET', '/v1/me')) as Pick<Token, 'id'>).id === id;
  const body = JSON.stringify(Object.fromEntries(wish));
  const made = (await call(options, 'POST', `/v1/tokens/${id}/rotate`, body)) as Made;
  if (isOwn) keepToken(options, made.token);
  show(options, made);
};

const revoke = async (named: string, options: ApiOptions): Promise<void> => {
  await call(options, 'DELETE', `/v1/tokens/${await idOf(options, named)}`);
  console.log(`${named} ended.`);
};

/** The secret alone on standard output, so that it can be piped into whatever keeps it. */
const show = ({ json }: Pick<Options, 'json'>, made: Made): void => {
  const { name, role, oldUntil, token } = made;
  const old = oldUntil === undefined ? '' : ` The old secret works until ${oldUntil}.`;
  if (!json) console.error(`${name} (${role}); shown this once.${old}`);
  console.log(json ? JSON.stringify(made, null, 2) : token);
};
