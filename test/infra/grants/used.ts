import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Call } from './uses.ts';

/** A grant in use: the request that needs it, and the test in which the function made it. */
export interface Recorded {
  key: string;
  call: Call;
  file: string;
  test: string;
}

/** Where the tests of one run put theirs, a line each. */
export const recording: string = join(tmpdir(), 'wayleaf-grants-used.jsonl');

export const usedFile: string = join(import.meta.dirname, 'used.json');

export const readUsed = (): Recorded[] =>
  existsSync(usedFile) ? JSON.parse(readFileSync(usedFile, 'utf8')) : [];
