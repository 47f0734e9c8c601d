import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface Child {
  process: ChildProcess;
  url: string;
  /** Standard error so far, for a failing test to show. */
  errors(): string;
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** Starts a script with this Node and waits for its line `… ready URL`. Rejects when it ends before. */
export const startChild = (
  script: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<Child> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (text) => {
      errors = (errors + text).slice(-4000);
    });
    const ended = new Promise<void>((done) => child.once('exit', () => done()));
    ended.then(() => reject(new Error(`${script} ended before it was ready: ${errors}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const url = / ready (http\S+)/.exec(line)?.[1];
      if (!url) return;
      resolve({
        process: child,
        url,
        errors: () => errors,
        kill: async (signal) => {
          child.kill(signal);
          await ended;
        },
      });
    });
  });
