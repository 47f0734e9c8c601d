import { type Command, InvalidArgumentError } from 'commander';
import type * as z from 'zod';
import type { actSchema, auditSchema } from '#functions/api/read-audit/schemas';
import { iso } from '#kernel/clock';
import { type ApiOptions, call, withApi } from '../api.ts';
import { numberUpTo } from '../arguments.ts';
import { formatTable } from '../output/table.ts';

interface Options extends ApiOptions {
  since?: string;
  until?: string;
  actor?: string;
  subject?: string;
  limit: number;
  json?: boolean;
}
type Act = z.output<typeof actSchema>;

const time = (text: string): string => {
  const ms = Date.parse(text);
  if (Number.isNaN(ms))
    throw new InvalidArgumentError('A time is written as 2026-03-02 or 2026-03-02T09:00:00Z.');
  return iso(ms);
};

export const addAudit = (program: Command): void => {
  withApi(program.command('audit').description('who did what and when, newest first'))
    .option('--since <time>', 'from then on (default: the last 31 days)', time)
    .option('--until <time>', 'until then', time)
    .option('--actor <id>', 'of one token, by its id; or "deployment"')
    .option('--subject <subject>', 'about one thing, such as journeys/hello or contacts/ID')
    .option('--limit <n>', 'at most so many', numberUpTo(10_000), 50)
    .option('--json', 'one entry a line, as JSON')
    .action(run);
};

const run = async (options: Options): Promise<void> => {
  const acts = await read(options);
  console.log(options.json ? acts.map((act) => JSON.stringify(act)).join('\n') : tableOf(acts));
};

const read = async ({ since, until, actor, subject, limit, ...api }: Options): Promise<Act[]> => {
  const asked = Object.entries({ since, until, actor, subject }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as [string, string]],
  );
  const found: Act[] = [];
  for (let cursor: string | null | undefined; cursor !== null && found.length < limit; ) {
    const query = new URLSearchParams([
      ...asked,
      ['limit', String(Math.min(100, limit - found.length))],
      ...(cursor === undefined ? [] : [['cursor', cursor] as [string, string]]),
    ]);
    const { entries, next } = (await call(api, 'GET', `/v1/audit?${query}`)) as z.output<typeof auditSchema>;
    found.push(...entries);
    cursor = next;
  }
  return found;
};

const tableOf = (acts: readonly Act[]): string =>
  formatTable(
    ['time', 'who', 'what', 'on', 'answer'],
    acts.map(({ at, actor, what, subject, status }) => [
      ...[at.slice(0, 19).replace('T', ' '), actor.name, what, subject],
      status === undefined ? 'not known' : String(status),
    ]),
  );
