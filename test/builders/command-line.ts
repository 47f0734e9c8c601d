import { execFile } from 'node:child_process';
import { join } from 'node:path';
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
    wayleaf: (...args) => runScript(wayleafScript, ...args, ...where),
    close: () => world.close(),
  };
};
