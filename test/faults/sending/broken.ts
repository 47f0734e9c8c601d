import type { Lived } from './life.ts';

interface Expected {
  expected: readonly string[];
  /** Something held the life up for long. */
  mayBeStale: boolean;
}

/** The invariants that a life broke, in words; empty where all held. */
export const brokenIn = (lived: Lived, expected: Expected): string[] => [
  ...twice(lived),
  ...afterStop(lived),
  ...(lived.commits.some(({ kind }) => kind === 'erased') ? notErased(lived) : silent(lived, expected)),
];

/** I1: parked with a reason, for a person. */
const isParked = ({ events, log }: Lived): boolean =>
  events.some(({ name, state }) => name === 'Signed Up' && state === 'quarantined') &&
  log.some(({ event }) => event === 'event-quarantined');

const nameOf = ({ step, visit, channel }: Lived['sends'][number]): string => `${step} ${visit} ${channel}`;
export const namesOf = ({ sends }: Lived): string[] => sends.map(nameOf).sort();

/** I2 */
const twice = ({ outbox }: Lived): string[] =>
  [...Map.groupBy(outbox, ({ sendId }) => sendId ?? 'none')]
    .filter(([id, messages]) => id === 'none' || messages.length > 1)
    .map(([id, messages]) => `send ${id} was accepted ${messages.length} times`);

/** I4 */
const afterStop = ({ commits }: Lived): string[] => {
  const now = { suppressed: false, erased: false, paused: false };
  const broken: string[] = [];
  for (const commit of commits) {
    if (commit.kind === 'resumed') now.paused = false;
    else if (commit.kind !== 'claim') now[commit.kind] = true;
    else if (now.erased || now.paused || (now.suppressed && commit.channel !== 'team'))
      broken.push(`send ${commit.send} was claimed after ${JSON.stringify(now)}`);
  }
  return broken;
};

const notErased = ({ all }: Lived): string[] =>
  all.filter(({ kind }) => kind !== 'erased').map(({ sk }) => `${sk} is left of who was erased`);

/** I3, I12 */
const silent = (lived: Lived, { expected, mayBeStale }: Expected): string[] => {
  if (isParked(lived)) return [];
  const { sends, runs, outbox, log } = lived;
  const made = new Set(namesOf(lived));
  const accepted = new Set(outbox.map(({ sendId }) => sendId));
  const alarms = log.flatMap(({ event, fields }) =>
    event === 'send-indeterminate' ? fields?.send : event === 'sends-open' ? fields?.sends : [],
  );
  return [
    ...expected.filter((name) => !made.has(name)).map((name) => `nothing tells of ${name}`),
    ...runs
      .filter(({ ended }) => ended?.how !== 'completed')
      .map((run) => `run ${run.status} ${run.ended?.how}`),
    ...(runs.length === 1 ? [] : [`${runs.length} runs`]),
    ...sends.flatMap((send) => {
      const { id, status, reason } = send;
      const about = `${nameOf(send)} ${status} ${reason}`;
      if (status === 'claimed') return [`${about}: nobody knows`];
      if (status !== 'sent' && !reason) return [`${about}: no reason`];
      // Four mails are far below the client's cap.
      if (reason === 'cap' || (reason === 'stale' && !mayBeStale)) return [`${about}: for no cause`];
      if (status === 'indeterminate') return alarms.includes(id) ? [] : [`${about}: no alarm`];
      return accepted.has(id) === (status === 'sent') ? [] : [`${about}: not what SES knows`];
    }),
  ];
};
