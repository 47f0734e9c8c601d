import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Listening, ListenOptions } from '../../local/http/server.ts';
import { beginAgain, canBeginAgain } from '../../local/small-heap.ts';
import type { World } from '../../local/world.ts';
import { Failure } from '../failure.ts';

interface StartOptions {
  port: number;
  host?: string;
  data: string;
  client: string;
  clock: 'real' | 'virtual';
  webhooks: 'played' | 'real';
}

export const addStart = (program: Command): void => {
  program
    .command('start')
    .description(
      'Wayleaf on this machine: console and API of one client, on an AWS in one process, kept in a folder',
    )
    .option('--port <n>', 'port to serve on; 0 picks one', parsePort, 4747)
    .option(
      '--host <address>',
      'serve the routes beyond this machine (its AWS and /local answer this machine only)',
    )
    .option('--data <dir>', 'where everything is kept', '.wayleaf')
    .option('--client <name>', 'folder in infra/clients, or the path of one', 'acme')
    .addOption(
      new Option('--clock <kind>', 'real, or virtual: stands still until POST /local/clock moves it')
        .choices(['real', 'virtual'])
        .default('real'),
    )
    .addOption(
      new Option('--webhooks <kind>', 'played: none leaves this machine; real: they are called')
        .choices(['played', 'real'])
        .default('played'),
    )
    .action(start);
};

const start = async ({ port, host, data, client, clock, webhooks }: StartOptions): Promise<void> => {
  const pages = await consolePages();
  const { createWorld } = await import('../../local/world.ts');
  const { createWeb } = await import('#web/create-web');
  const web = webhooks === 'real' ? createWeb() : undefined;
  const world = await createWorld({ data, client, clock, web, console: pages });
  if (world.deployed && canBeginAgain) await forgetCompilers(world);
  const server = await serve(world, { port, ...(host ? { host, beyondLoopback: true } : {}) });
  const end = async (): Promise<void> => {
    await server.close();
    await world.close();
    process.exit(0);
  };
  process.once('SIGINT', end).once('SIGTERM', end);
  console.log(`wayleaf ready ${server.url}`);
  if (process.stdout.isTTY || !process.env.WAYLEAF_ADMIN_TOKEN) console.log(welcome(server.url, data, world));
};

/** A console that cannot be made, as where only what runs was installed, keeps the API from nothing. */
const consolePages = async (): Promise<string | undefined> => {
  const { builtConsole } = await import('../../console/built.ts');
  try {
    return builtConsole((line) => console.error(line));
  } catch (error) {
    console.error(`There is no console: ${(error as Error).message} The API is served without it.`);
    return undefined;
  }
};

/** MJML and the rest of what a deployment takes are a third of the memory, and nobody needs them again soon. */
const forgetCompilers = async (world: World): Promise<void> => {
  // Once in Node's compile cache, they take no TypeScript compiler, which would stay in memory too.
  const { manifest } = await import('../../manifest.ts');
  await Promise.all(manifest.map(({ load }) => load()));
  await world.close();
  beginAgain();
};

/** A world that nobody can reach must not go on sending unseen: it ends. */
const serve = async (world: World, where: ListenOptions): Promise<Listening> => {
  try {
    return await world.listen(where);
  } catch (cause) {
    await world.close();
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    throw new Failure(`Port ${where.port} is taken. Choose another with --port; 0 picks a free one.`);
  }
};

const welcome = (url: string, data: string, { client, adminToken }: World): string => `
  console      ${url}/   (sign in with the admin token)
  write key    ${client.writeKeys.join(', ')}
  admin token  ${adminToken}
  outbox       ${url}/local/outbox
  data         ${data}   (Ctrl-C ends it; start again to go on)
`;

const parsePort = (text: string): number => {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return port;
};
