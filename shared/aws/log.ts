import type { Log } from './function-context.ts';
import { mask, maskedText } from './mask.ts';

const levels = ['info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof levels)[number];
export const logLevels: readonly [LogLevel, ...LogLevel[]] = levels;

export interface LogOptions {
  /** What is less urgent stays unwritten. */
  level?: LogLevel;
  /** On every line, e.g. the function's name. */
  fields?: Record<string, unknown>;
  write?: (line: string) => void;
  /** ISO; left out where the log's reader stamps lines itself, as CloudWatch does. */
  time?: () => string;
}

/** One JSON object a line. Callers give ids only; texts of errors, which come from anywhere, are masked. */
export const createLog = ({
  level = 'info',
  fields = {},
  write = console.log,
  time,
}: LogOptions = {}): Log => {
  const line =
    (of: Exclude<LogLevel, 'silent'>) =>
    (event: string, more: Record<string, unknown> = {}) => {
      if (levels.indexOf(of) < levels.indexOf(level)) return;
      const stamp = time ? { time: time() } : {};
      write(JSON.stringify({ level: of, ...stamp, event, ...fields, ...more }, plain));
    };
  return { info: line('info'), warn: line('warn'), error: line('error') };
};

const plain = (_key: string, value: unknown): unknown => {
  if (value instanceof Error) return describeError(value);
  if (typeof value === 'string') return mask(value);
  return typeof value === 'bigint' ? String(value) : value;
};

const describeError = (error: Error) => ({
  name: error.name,
  message: maskedText(error),
  at: error.stack
    ?.split('\n')
    .filter((text) => text.startsWith('    at '))
    .slice(0, 8),
  ...(error.cause === undefined ? {} : { cause: error.cause }),
});
