import { dayIn } from '#policy/reports/calendar';
import type { Counting } from './contributions.ts';
import { type Counted, toldMembers } from './counted.ts';
import { counterName, everything, type Rows, templateCounters } from './rows.ts';

/** What is counted of one message, under the name of its step, its channel or none. */
const countsOf = (name: string, send: Counted<'send'>): string[] => {
  const { status, reason } = send;
  const isPlain = status === 'sent' || status === 'indeterminate' || status === 'claimed';
  return [
    counterName(name, 'messages'),
    isPlain ? counterName(name, status) : counterName(name, status, reason ?? 'other'),
    ...toldMembers
      .filter((member) => send[member] !== undefined)
      .map((member) => counterName(name, member.slice(0, -2))),
  ];
};

/** What became of a message belongs to the day on which it was made, so that rates are of the same messages. */
export const ofSend = (send: Counted<'send'>, rows: Rows, { definitions }: Counting): void => {
  const { journey, version, step, channel, template, at } = send;
  const day = dayIn(definitions.timezone, at);
  for (const name of countsOf(step, send)) rows.addBoth({ subject: journey, version, day }, name);
  for (const name of countsOf(channel, send)) rows.add({ subject: everything, day }, name);
  if (template === undefined) return;
  for (const name of countsOf('', send)) rows.addBoth({ subject: templateCounters(template), day }, name);
};
