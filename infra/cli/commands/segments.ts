import type { Command } from 'commander';
import type { Members, SegmentSize } from '#functions/contacts/read-segments/answers';
import { type ApiOptions, call, withApi } from '../api.ts';
import { numberUpTo } from '../arguments.ts';
import { plainLine } from '../output/plain-line.ts';
import { formatTable } from '../output/table.ts';

type Options = ApiOptions & { json?: boolean };

/** segments list, count, members. */
export const addSegments = (program: Command): void => {
  const segments = program.command('segments').description('groups of contacts: list, count, members');
  reporting(segments.command('list').description('all segments, with how many are in them')).action(list);
  reporting(
    segments.command('count').description('how many are in a segment').argument('<segment>', 'segment id'),
  ).action(count);
  reporting(
    segments
      .command('members')
      .description('who is in a segment, who came last first')
      .argument('<segment>', 'segment id')
      .option('--limit <n>', 'at most so many', numberUpTo(1_000_000_000)),
  ).action(members);
};

const reporting = (command: Command): Command =>
  withApi(command).option('--json', 'the answer as JSON; of members one line each');

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
