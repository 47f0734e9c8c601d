import type { Run, StepRecord } from '#model/run';
import type { Send } from '#model/send';
import { watermarkCounters } from '#store/contacts/watermarks';
import { type CountDelta, countsPerFold, segmentCounters } from '#store/runs/counters';
import type { Item } from '#store/table';

/**
 * What one item adds to the counters of its journey version, by name: `<step>|<what>[|<which>]`,
 * with an empty step for the journey itself. A change adds the new and takes away the old, so
 * every counter is a plain sum and can be folded in any order.
 */
export type Counts = ReadonlyMap<string, number>;

export const counterName = (step: string, what: string, which?: string | number): string =>
  which === undefined ? `${step}|${what}` : `${step}|${what}|${which}`;

const ofRun = ({ status, ended, converted, wait }: Run): Counts => {
  const counts = new Map([[counterName('', 'entered'), 1]]);
  if (status !== 'ended') counts.set(counterName('', 'active'), 1);
  if (wait?.kind === 'hold' && status !== 'ended')
    counts.set(counterName(wait.step, 'held', wait.reason ?? 'other'), 1);
  if (ended) counts.set(counterName('', 'ended', ended.how), 1);
  if (ended?.step !== undefined) counts.set(counterName(ended.step, 'exited'), 1);
  if (converted) counts.set(counterName('', 'converted'), 1);
  if (typeof converted?.value === 'number') counts.set(counterName('', 'value'), converted.value);
  return counts;
};

const ofStep = ({ step, outcome, branch, reason }: StepRecord): Counts => {
  const counts = new Map([[counterName(step, 'entered'), 1]]);
  if (outcome === 'waiting') counts.set(counterName(step, 'waiting'), 1);
  if (outcome === 'skipped' || outcome === 'failed')
    counts.set(counterName(step, outcome, reason ?? 'other'), 1);
  if (outcome === 'answered' && branch !== undefined) counts.set(counterName(step, 'answer', branch), 1);
  return counts;
};

const read = ['deliveredAt', 'openedAt', 'clickedAt'] as const;
const told = [...read, 'bouncedAt', 'hardBouncedAt', 'complainedAt'] as const;

const ofSend = (send: Send): Counts => {
  const { step, status, reason } = send;
  const counts = new Map([[counterName(step, 'messages'), 1]]);
  if (status === 'sent' || status === 'indeterminate' || status === 'claimed')
    counts.set(counterName(step, status), 1);
  if (status === 'skipped' || status === 'failed')
    counts.set(counterName(step, status, reason ?? 'other'), 1);
  for (const name of told) if (send[name] !== undefined) counts.set(counterName(step, name.slice(0, -2)), 1);
  return counts;
};

/** All that is read of an item here, of whatever kind: the rest of its image need not be unmarshalled. */
export const readMembers: readonly string[] = [
  ...['kind', 'id', 'contact', 'journey', 'version', 'step', 'status', 'reason', 'outcome', 'branch'],
  ...['segment', 'wait', 'ended', 'converted', ...told],
];

const countsOf = (item: Item): Counts => {
  if (item.kind === 'run') return ofRun(item as unknown as Run);
  if (item.kind === 'step') return ofStep(item as unknown as StepRecord);
  if (item.kind === 'watermark') return new Map([[counterName('', 'passed'), 1]]);
  if (item.kind === 'membership') return new Map([[counterName('', 'members'), 1]]);
  if (item.kind === 'refusal') return new Map([[counterName('', 'refused', String(item.reason)), 1]]);
  return item.kind === 'send' ? ofSend(item as unknown as Send) : new Map();
};

/**
 * What is counted of a journey stays counted when the contact is gone; a segment's members are those it has.
 * @returns undefined where nothing that is counted changed
 */
export const deltaOf = (before: Item | undefined, after: Item | undefined): CountDelta | undefined => {
  const item = after ?? before;
  if (!item || (!after && item.kind !== 'membership')) return undefined;
  const counts = new Map(after && countsOf(after));
  for (const [name, n] of before ? countsOf(before) : []) {
    const difference = (counts.get(name) ?? 0) - n;
    if (difference === 0) counts.delete(name);
    else counts.set(name, difference);
  }
  return counts.size === 0 ? undefined : { ...subjectOf(item), counts };
};

const subjectOf = ({ kind, segment, journey, version }: Item): Omit<CountDelta, 'counts'> => {
  if (kind === 'membership') return segmentCounters(String(segment));
  if (kind === 'watermark') return watermarkCounters(Number(version));
  return { journey: String(journey), version: Number(version) };
};

/** Did this change make the run a conversion? */
export const isConversion = (before: Item | undefined, after: Item): boolean =>
  after.kind === 'run' && after.converted !== undefined && before?.converted === undefined;

/** Two counters each, and the run's own, must fit into one fold. */
const mostCredited = countsPerFold / 2 - 8;

/**
 * A conversion is credited once to every step the run came through, and to the answers it got there;
 * of an endless run to as many as can be counted at once.
 */
export const creditSteps = (passed: readonly { step: string; branch?: number | undefined }[]): Counts => {
  const counts = new Map<string, number>();
  for (const { step, branch } of passed.slice(0, mostCredited)) {
    counts.set(counterName(step, 'converted'), 1);
    if (branch !== undefined) counts.set(counterName(step, 'answerConverted', branch), 1);
  }
  return counts;
};
