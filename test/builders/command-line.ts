import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { format } from 'node:util';
import { createProgram, runProgram } from '#infra/cli/program';
import { type AudienceWorld, openAudience } from './audience-world.ts';

export const wayleafScript: string = join(import.meta.dirname, '../../infra/cli/wayleaf.ts');

export interface Ran {
  code: number;
  out: string;
  err: string;
}

/** A script run by this Node, to its end. */
export const runScript = (script: string, ...args: string[]): Promise<Ran> =>
  new Promise((done) => {
    const env = { ...process.env, WAYLEAF_ADMIN_TOKEN: '' };
    execFile(process.execPath, [script, ...args], { env }, (error, out, err) =>
      done({ code: error ? Number(error.code) : 0, out: out.trim(), err: err.trim() }),
    );
  });

/**
 * A command line run in this process: the same words and the same exit code, without loading a process
 * each time. One after the other, as what a process prints and ends with is taken meanwhile.
 */
export const runHere = async (...args: string[]): Promise<Ran> => {
  const [out, err] = [takeOver(process.stdout, 'log', 'info'), takeOver(process.stderr, 'error', 'warn')];
  const { exitCode, env } = process;
  const token = env.WAYLEAF_ADMIN_TOKEN;
  env.WAYLEAF_ADMIN_TOKEN = '';
  process.exitCode = undefined;
  try {
    const code = await runProgram(createProgram(), [process.execPath, wayleafScript, ...args]);
    return { code, out: out.text().trim(), err: err.text().trim() };
  } finally {
    out.giveBack();
    err.giveBack();
    process.exitCode = exitCode;
    if (token === undefined) delete env.WAYLEAF_ADMIN_TOKEN;
    else env.WAYLEAF_ADMIN_TOKEN = token;
  }
};

type Said = 'log' | 'info' | 'error' | 'warn';

/** What is written to a stream of this process, or said by the console on it. */
const takeOver = (stream: NodeJS.WriteStream, ...said: Said[]) => {
  const { write } = stream;
  const before = said.map((name) => [name, console[name]] as const);
  let text = '';
  stream.write = (chunk: string | Uint8Array, ...more: unknown[]): boolean => {
    text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    const done = more.at(-1);
    if (typeof done === 'function') done();
    return true;
  };
  for (const name of said)
    console[name] = (...words: unknown[]) => {
      text += `${format(...words)}\n`;
    };
  return {
    text: () => text,
    giveBack: () => {
      stream.write = write;
      for (const [name, usual] of before) console[name] = usual;
    },
  };
};

export interface CommandLine {
  world: AudienceWorld;
  url: string;
  /** `wayleaf ARGS`, with the address and token of the world. */
  wayleaf(...args: string[]): Promise<Ran>;
  close(): Promise<void>;
}

/** A world that serves, and the command line beside it. */
export const openCommandLine = async (): Promise<CommandLine> => {
  const world = await openAudience();
  const { url } = await world.world.listen({ port: 0 });
  const where = ['--url', url, '--token', world.world.adminToken];
  return {
    ...{ world, url },
    wayleaf: (...args) => runHere(...args, ...where),
    close: () => world.close(),
  };
};
