import { expect, test } from 'vitest';
import { createLog, type LogLevel } from './log.ts';

const logged = (level: LogLevel = 'info') => {
  const lines: string[] = [];
  return {
    lines,
    log: createLog({ level, fields: { function: 'run-step' }, write: (line) => lines.push(line) }),
  };
};

test('writes one JSON object a line', () => {
  const { log, lines } = logged();
  log.info('step-done', { run: 'r1', step: 'welcome' });
  expect(lines).toEqual([
    '{"level":"info","event":"step-done","function":"run-step","run":"r1","step":"welcome"}',
  ]);
});

test('is quiet below its level', () => {
  const { log, lines } = logged('warn');
  log.info('a');
  log.warn('b');
  log.error('c');
  expect(lines.map((line) => JSON.parse(line).event)).toEqual(['b', 'c']);
  const silent = logged('silent');
  silent.log.error('d');
  expect(silent.lines).toEqual([]);
});

test('masks addresses and numbers that an error carries in its text, also in its cause', () => {
  const { log, lines } = logged();
  const cause = new Error('no mailbox <ada@example.com> or +49 151 1234567');
  log.error('failed', { error: new TypeError('for "ada@example.com"', { cause }) });
  expect(lines[0]).not.toMatch(/ada|example|151/);
  const { error } = JSON.parse(lines[0]!);
  expect(error).toMatchObject({ name: 'TypeError', message: 'for "[address]"' });
  expect(error.cause.message).toBe('no mailbox <[address]> or [number]');
  expect(error.at[0]).toContain('log.test.ts');
});
