import { plural } from '#kernel/words';
import { areas, type DnsRecord, type Finding, type Status } from '../../doctor/finding.ts';

const words: Readonly<Record<Status, string>> = {
  ok: 'ok',
  do: 'do this',
  unknown: 'could not look',
  note: 'note',
};

const width = Math.max(...Object.values(words).map(({ length }) => length));
const indent = ' '.repeat(width + 4);

/** One line a finding, under its area; below it what to do, and the records as they are to be published. */
export const describeFindings = (client: string, findings: readonly Finding[]): string =>
  [
    ...areas.flatMap((area) => {
      const own = findings.filter((finding) => finding.area === area);
      return own.length === 0 ? [] : [area, ...own.flatMap(linesOf), ''];
    }),
    summaryOf(client, findings),
  ].join('\n');

const linesOf = ({ status, says, action, records = [] }: Finding): string[] => [
  `  ${words[status].padEnd(width)}  ${says}`,
  ...(action === undefined ? [] : [`${indent}${action}`]),
  ...recordLines(records),
];

/** As in a zone file, so that they can be copied. */
const recordLines = (records: readonly DnsRecord[]): string[] =>
  records.map(({ name, type, value }) => `${indent}${name}.  ${type}  ${zoneValue(type, value)}`);

const zoneValue = (type: DnsRecord['type'], value: string): string =>
  type === 'TXT' ? `"${value}"` : `${value}.`;

const summaryOf = (client: string, findings: readonly Finding[]): string => {
  const count = (status: Status): number => findings.filter((finding) => finding.status === status).length;
  const unknown = count('unknown');
  const left = unknown === 0 ? '' : `; could not look at ${plural(unknown, 'thing')}`;
  const actions = count('do');
  return actions === 0
    ? `${client}: nothing to do${left}.`
    : `${client}: ${plural(actions, 'thing')} to do${left}.`;
};

const statuses: Readonly<Record<Status, string>> = {
  ok: 'ok',
  do: 'do-this',
  unknown: 'could-not-look',
  note: 'note',
};

export const asJson = (client: string, findings: readonly Finding[]) => ({
  client,
  findings: findings.map((finding) => ({ ...finding, status: statuses[finding.status] })),
});
