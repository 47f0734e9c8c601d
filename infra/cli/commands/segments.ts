import type { Command } from 'commander';
import type { Members, SegmentSize } from '#functions/contacts/read-segments/answers';
import { type ApiOptions, call, defaultUrl } from '../api.ts';
import { plainLine } from '../output/plain-line.ts';
import { formatTable } from '../output/table.ts';

type Options = ApiOptions & { json?: boolean };

/** segments list, count, members. */
export const addSegments = (program: Command): void => {
  const segments = program.command('segments').description('groups of contacts: list, count, members');
  withApi(segments.command('list').description('all segments, with how many are in them')).action(list);
  withApi(
    segments.command('count').description('how many are in a segment').argument('<segment>', 'segment id'),
  ).action(count);
  withApi(
    segments
      .command('members')
      .description('who is in a segment, who came last first')
      .argument('<segment>', 'segment id')
      .option('--limit <n>', 'at most so many', Number),
  ).action(members);
};

const withApi = (command: Command): Command =>
  command
    .option('--url <url>', 'the API', defaultUrl)
    .option('--token <token>', 'admin token')
    .option('--data <dir>', 'data folder of the embedded world', '.wayleaf')
    .option('--json', 'the answer as JSON; of members one line each');

const list = async (options: Options): Promise<void> => {
  const answer = (await call(options, 'GET', '/v1/segments')) as { segments: SegmentSize[] };
  console.log(options.json ? JSON.stringify(answer, null, 2) : tableOf(answer.segments));
};

const count = async (segment: string, options: Options): Promise<void> => {
  const size = (await call(options, 'GET', `${pathOf(segment)}/count`)) as SegmentSize;
  console.log(options.json ? JSON.stringify(size, null, 2) : sentence(size));
};

const pathOf = (segment: string): string => `/v1/segments/${encodeURIComponent(segment)}`;

const tableOf = (sizes: readonly SegmentSize[]): string =>
  formatTable(
    ['segment', 'members', 'state', 'name'],
    sizes.map(({ id, members, state, name }) => [id, members, state, plainLine(name)]),
  );

const sentence = ({ id, members, state }: SegmentSize): string =>
  `${id}: ${members} ${members === 1 ? 'member' : 'members'}${state === 'building' ? ' so far; it is still being built' : ''}`;

/** Page by page, so that a hundred thousand need no more memory than a hundred. */
const members = async (segment: string, options: Options & { limit?: number }): Promise<void> => {
  let left = options.limit ?? Number.POSITIVE_INFINITY;
  for (let cursor: string | null = ''; cursor !== null && left > 0; ) {
    const query = `?limit=${Math.min(100, left)}${cursor && `&cursor=${cursor}`}`;
    const page = (await call(options, 'GET', `${pathOf(segment)}/members${query}`)) as Members;
    for (const member of page.members) console.log(options.json ? JSON.stringify(member) : lineOf(member));
    left -= page.members.length;
    cursor = page.next;
  }
};

const lineOf = ({ since, contact: { id, fields } }: Members['members'][number]): string =>
  plainLine([since, id, fields.email ?? fields.phone ?? ''].join('  ').trimEnd());
