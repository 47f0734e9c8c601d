import type { Command } from 'commander';
import type { Quarantined } from '#model/quarantine';
import { ApiError, type ApiOptions, call, withApi } from '../api.ts';
import { Failure } from '../failure.ts';
import { createProgress } from '../output/progress.ts';
import { formatTable } from '../output/table.ts';

type Options = ApiOptions & { json?: boolean; all?: boolean };
interface Listed {
  entries: Quarantined[];
  more: boolean;
}

/** quarantine list, show, replay, drop; replay. */
export const addQuarantine = (program: Command): void => {
  const quarantine = program
    .command('quarantine')
    .description('what could not be processed: list, show, replay, drop');
  reporting(quarantine.command('list').description('what waits for a person, newest first')).action(list);
  reporting(quarantine.command('show').description('an entry with what was to be processed'))
    .argument('<id>')
    .action(async (id: string, options: Options) =>
      console.log(JSON.stringify(await call(options, 'GET', pathOf(id)), null, 2)),
    );
  reporting(quarantine.command('replay').description('process it again'))
    .argument('[id]')
    .option('--all', 'every entry that there is')
    .action((id: string | undefined, options: Options) => each(id, options, replayOne));
  reporting(quarantine.command('drop').description('never process it'))
    .argument('[id]')
    .option('--all', 'every entry that there is')
    .action((id: string | undefined, options: Options) => each(id, options, dropOne));
  reporting(
    program
      .command('replay')
      .description('hear stored events that the stream never brought, as after an outage of more than a day'),
  ).action(replayMissed);
};

const reporting = (command: Command): Command => withApi(command).option('--json', 'the answer as JSON');
const pathOf = (id: string): string => `/v1/quarantine/${encodeURIComponent(id)}`;
const replayOne = (options: Options, id: string) => call(options, 'POST', `${pathOf(id)}/replay`);
const dropOne = (options: Options, id: string) => call(options, 'DELETE', pathOf(id));

const list = async (options: Options): Promise<void> => {
  const listed = (await call(options, 'GET', '/v1/quarantine')) as Listed;
  if (options.json) return console.log(JSON.stringify(listed, null, 2));
  if (listed.entries.length === 0) return console.log('The quarantine is empty.');
  const rows = listed.entries.map(({ id, at, function: by = '', reason, contact = '', event }) => [
    at,
    by,
    event?.name ?? '',
    reason,
    contact,
    id,
  ]);
  console.log(formatTable(['since', 'function', 'event', 'reason', 'contact', 'id'], rows));
  if (listed.more) console.log('… and older ones.');
};

/** One that fails again does not keep the others; each is tried once. */
const each = async (
  id: string | undefined,
  options: Options,
  act: (options: Options, id: string) => Promise<unknown>,
): Promise<void> => {
  if ((id === undefined) === !options.all) throw new Failure('Name one entry, or say --all.', 2);
  const progress = createProgress('quarantine');
  const tried = new Set<string>();
  const failed: string[] = [];
  let isCountedAnew = false;
  // A page at a time: what was done leaves the list.
  for (let ids = id === undefined ? await idsOf(options) : [id]; ids.length > 0; ) {
    for (const one of ids) {
      progress.step(tried.size, tried.size + ids.length, one);
      tried.add(one);
      const answer = await act(options, one).catch((error: unknown) => {
        if (!(error instanceof ApiError) || id !== undefined) throw error;
        failed.push(`${one} ${error.message}`);
      });
      isCountedAnew ||= (answer as { status?: string } | undefined)?.status === 'counting-anew';
    }
    ids = id === undefined ? (await idsOf(options)).filter((next) => !tried.has(next)) : [];
  }
  progress.end();
  const done = tried.size - failed.length;
  console.log(options.json ? JSON.stringify({ done, failed }) : `${done} of ${tried.size} done.`);
  if (isCountedAnew && !options.json)
    console.log(
      'The stream has some of it no more: all figures are counted anew (wayleaf report --rebuild).',
    );
  if (failed.length > 0) throw new Failure(failed.join('\n'));
};

const idsOf = async (options: Options): Promise<string[]> =>
  ((await call(options, 'GET', '/v1/quarantine')) as Listed).entries.map(({ id }) => id);

const replayMissed = async (options: Options): Promise<void> => {
  const progress = createProgress('replay');
  const sum = { heard: 0, failed: 0 };
  for (;;) {
    const answer = (await call(options, 'POST', '/v1/replay')) as typeof sum & { left: number };
    sum.heard += answer.heard;
    sum.failed = answer.failed;
    progress.step(sum.heard, sum.heard + answer.left, 'events');
    // What fails is left to the sweep, which gives it to the quarantine after a day.
    if (answer.heard === 0) break;
  }
  progress.end();
  console.log(
    options.json
      ? JSON.stringify(sum)
      : `${sum.heard} events heard${sum.failed > 0 ? `; ${sum.failed} contacts have one that fails` : ''}.`,
  );
  if (sum.failed > 0) throw new Failure('');
};
