import { countSegments } from '#channels/sms/segments';
import type { Outcome } from '../people/outcome.ts';
import type { Setting } from '../setting.ts';
import type { Population, Share } from './predict.ts';

/** Names of sums: what they are of, and which. */
export type SumKind =
  | 'leaf'
  | 'end'
  | 'converted'
  | 'channel'
  | 'come'
  | 'day'
  | 'step'
  | 'skipped'
  | 'told'
  | 'transitions'
  | 'segments'
  | 'posted'
  | 'requests';

export interface Tally extends Population {
  /** By kind, then by name: the index of the sum. */
  names: ReadonlyMap<SumKind, ReadonlyMap<string, number>>;
  days: number;
}

const day = 86_400_000;

/** What each person adds to what is forecast. */
export const tallyOf = (outcomes: readonly Outcome[], setting: Setting): Tally => {
  const names = new Map<SumKind, Map<string, number>>();
  let sums = 0;
  const index = (kind: SumKind, name: string): number => {
    const known = names.get(kind) ?? new Map<string, number>();
    names.set(kind, known);
    const found = known.get(name);
    if (found !== undefined) return found;
    known.set(name, sums);
    return sums++;
  };
  for (const { id } of setting.plan.leaves) index('leaf', id);
  const count = counting(setting, index);
  const shares = outcomes.map(count);
  const last = lastOf(outcomes);
  return {
    ...{ shares, sums, names },
    durations: outcomes.map(({ startedAt, endedAt }) => endedAt - startedAt),
    days: last === 0 ? 0 : Math.floor((last - setting.start) / day) + 1,
  };
};

/** The last message; nobody looks at days on which people only come in, unless something is sent at all. */
const lastOf = (outcomes: readonly Outcome[]): number => {
  let [sent, came] = [0, 0];
  for (const { messages, startedAt } of outcomes) {
    came = Math.max(came, startedAt);
    for (const { at } of messages) sent = Math.max(sent, at);
  }
  return sent === 0 ? 0 : Math.max(sent, came);
};

const counting =
  (setting: Setting, index: (kind: SumKind, name: string) => number) =>
  (outcome: Outcome): Share[] => {
    const found = new Map<number, number>();
    const add = (kind: SumKind, name: string, amount = 1): void => {
      const of = index(kind, name);
      found.set(of, (found.get(of) ?? 0) + amount);
    };
    for (const leaf of leavesOf(outcome, setting)) add('leaf', leaf);
    add('end', outcome.how);
    add('come', String(Math.floor((outcome.startedAt - setting.start) / day)));
    if (outcome.converted) add('converted', 'goal');
    for (const { at, step, channel } of outcome.messages) {
      add('channel', channel);
      add('day', `${channel} ${Math.floor((at - setting.start) / day)}`);
      add('step', step);
      if (channel === 'sms') add('segments', 'sms', segmentsOf(setting, step));
    }
    for (const { reason } of outcome.skipped) add('skipped', reason);
    if (outcome.told.length > 0) add('told', 'teams', outcome.told.length);
    add('transitions', '', outcome.transitions);
    const posted = 1 + outcome.heard.filter(({ on, own }) => !own && !('message' in on)).length;
    add('posted', '', posted);
    add('requests', '', posted + outcome.heard.filter(({ on }) => isRead(on)).length);
    return [...found].map(([of, amount]) => ({ of, amount }));
  };

/** Openings and clicks come over HTTP as well; a mailbox's reports come another way. */
const isRead = (on: object): boolean => {
  const { was } = on as { was?: string };
  return was === 'opened' || was === 'clicked';
};

const segmentsOf = ({ step }: Setting, id: string): number => {
  const { text = '' } = step(id) as { text?: string };
  return countSegments(text.replace(/\{\{.*?\}\}/g, '••••••••')).count;
};

/** Each leaf that was come by, once. */
const leavesOf = ({ answers, steps, how }: Outcome, { plan }: Setting): string[] => {
  const given = new Set(answers.map(({ step, answer }) => `${step}/${answer}`));
  const branched = new Set(answers.map(({ step, index }) => `${step} ${index}`));
  return plan.leaves
    .filter(({ step, answer }) => {
      if (step === undefined) return how === 'completed';
      if (answer === undefined) return steps.includes(step);
      const index = plan.nodes.get(step)?.branches.find((branch) => branch.answer === answer)?.index;
      return given.has(`${step}/${answer}`) || (index !== undefined && branched.has(`${step} ${index}`));
    })
    .map(({ id }) => id);
};
