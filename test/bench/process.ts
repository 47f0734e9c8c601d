import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Child } from '../support/child.ts';

/** Runs a script of this Node to its end and reads the last line it printed as JSON. */
export const runScript = <T>(script: string, args: readonly string[]): Promise<T> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let last = '';
    createInterface({ input: child.stdout }).on('line', (line) => {
      last = line;
    });
    child.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(last) as T);
      else reject(new Error(`${script} ended with ${code}`));
    });
  });

/** One line to a child, one line of JSON back. */
export const ask = <T>({ process: child }: Child, command: string): Promise<T> =>
  new Promise((resolve, reject) => {
    const lines = createInterface({ input: child.stdout! });
    const fail = (): void => reject(new Error(`The process ended while it was asked to ${command}.`));
    child.once('exit', fail);
    lines.once('line', (line) => {
      lines.close();
      child.off('exit', fail);
      resolve(JSON.parse(line) as T);
    });
    child.stdin!.write(`${command}\n`);
  });
