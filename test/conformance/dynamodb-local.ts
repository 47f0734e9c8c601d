import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The npm package that carries AWS's DynamoDB Local as a jar: 56 MB, so it is no dependency of ours. */
const release = {
  name: 'amplify-dynamodb-simulator',
  version: '2.9.30',
  sha512: 'xTeeRLvzEfqyd5lh3bH4c0kHvSHHmmhD5ZDsHFKAQ5g2Zl6JqlFdutaQhCLHzxEp6Ry1o7TB6niIoXuQAnSewQ==',
};
const folder = new URL('../../.wayleaf/conformance', import.meta.url).pathname;
const emulator = join(folder, 'package', 'emulator');

const run = promisify(execFile);

export interface DynamoDbLocal {
  endpoint: string;
  stop(): Promise<void>;
}

/** Downloads it once, then starts it in memory on a free port. */
export const startDynamoDbLocal = async (): Promise<DynamoDbLocal> => {
  await requireJava();
  if (!existsSync(join(emulator, 'DynamoDBLocal.jar'))) await download();
  const port = await freePort();
  const options = ['-inMemory', '-disableTelemetry', '-port', String(port)];
  const child = spawn(
    'java',
    ['-Djava.library.path=./DynamoDBLocal_lib', '-jar', 'DynamoDBLocal.jar', ...options],
    { cwd: emulator, stdio: 'ignore' },
  );
  const endpoint = `http://127.0.0.1:${port}`;
  await untilAnswering(endpoint, () => child.exitCode !== null);
  return {
    endpoint,
    async stop() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
};

const requireJava = async (): Promise<void> => {
  const version = await run('java', ['-version']).then(
    ({ stderr }) => Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0),
    () => undefined,
  );
  if (version === undefined)
    throw new Error(
      'The conformance test compares with AWS DynamoDB Local, which needs Java 17 or later; there is no `java` on this machine. Install one (for example openjdk-17-jre-headless) and run it again.',
    );
  if (version < 17)
    throw new Error(`The conformance test needs Java 17 or later; \`java\` here is version ${version}.`);
};

const download = async (): Promise<void> => {
  mkdirSync(folder, { recursive: true });
  const { stdout } = await run('npm', [
    'pack',
    `${release.name}@${release.version}`,
    '--pack-destination',
    folder,
    '--silent',
  ]).catch((cause: unknown) => {
    throw new Error(
      `The conformance test could not get the npm package ${release.name}@${release.version}, which carries AWS DynamoDB Local.`,
      { cause },
    );
  });
  const archive = join(folder, stdout.trim());
  const digest = createHash('sha512').update(readFileSync(archive)).digest('base64');
  if (digest !== release.sha512)
    throw new Error(`${archive} is not the package that this test was written for; remove it.`);
  await run('tar', ['-xzf', archive, '-C', folder]);
  rmSync(archive);
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (!address || typeof address === 'string') throw new Error('no free port');
  return address.port;
};

const untilAnswering = async (endpoint: string, hasDied: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 300; tries++) {
    if (hasDied()) throw new Error('DynamoDB Local ended right after its start.');
    const answered = await fetch(endpoint).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('DynamoDB Local did not answer within 30 seconds.');
};
