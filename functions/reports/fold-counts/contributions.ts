import type { Definitions } from '#model/report-settings';
import { watermarkCounters } from '#store/contacts/watermarks';
import { type CountDelta, segmentCounters } from '#store/runs/counters';
import type { Item } from '#store/table';
import { ofCustomer } from './of-customer.ts';
import { ofEvent } from './of-event.ts';
import { ofProfile } from './of-profile.ts';
import { ofRun } from './of-run.ts';
import { ofSend } from './of-send.ts';
import { ofStep } from './of-step.ts';
import { counterName, createRows, type Rows } from './rows.ts';

export { counterName } from './rows.ts';

export interface Counting {
  definitions: Definitions;
  /** A name as it is counted: itself, or `(other)` where there was no more room. */
  nameIn(directory: string, name: string): string;
}

/**
 * What one item adds to the counters, and nothing but what stands in the item: a change adds the new and takes
 * away the old, so every counter is a plain sum, folded in any order and counted anew to the same.
 */
type Of = (item: Item, rows: Rows, counting: Counting) => void;

const of: Readonly<Record<string, Of>> = {
  run: ofRun,
  step: ofStep,
  send: ofSend,
  event: ofEvent,
  profile: ofProfile,
  customer: ofCustomer,
  membership: ({ segment }, rows) =>
    rows.add({ subject: segmentCounters(String(segment)).journey }, counterName('', 'members')),
  refusal: ({ journey, version, reason }, rows) =>
    rows.add(
      { subject: String(journey), version: Number(version) },
      counterName('', 'refused', String(reason)),
    ),
};

/** Kinds of items that are counted. */
export const isKind = (kind: unknown): kind is string => typeof kind === 'string' && Object.hasOwn(of, kind);

export const contributionsOf = (item: Item, counting: Counting): CountDelta[] => {
  const rows = createRows();
  if (isKind(item.kind)) of[item.kind]?.(item, rows, counting);
  return rows.list();
};

/** That a mark passed through the stream: counted once, whatever is counted anew. */
export const ofWatermark = (item: Item): CountDelta => ({
  ...watermarkCounters(String(item.of)),
  counts: new Map([[counterName('', 'passed'), 1]]),
});

const told = ['deliveredAt', 'openedAt', 'clickedAt', 'bouncedAt', 'hardBouncedAt', 'complainedAt'] as const;
const common = ['kind', 'contact', 'counted', 'at', 'journey', 'version', 'step'] as const;

/** All that is read of an item here, by kind: the rest of its image need not be unmarshalled. */
export const readMembers: Readonly<Record<string, readonly string[]>> = {
  run: [
    ...[...common, 'id', 'status', 'startedAt', 'wait', 'ended', 'converted', 'credited', 'about'],
    ...['trigger', 'endedAt'],
  ],
  step: [...common, 'outcome', 'branch', 'reason', 'run', 'visit', 'answer', 'endedAt'],
  send: [...common, 'channel', 'template', 'status', 'reason', ...told, 'id', 'run', 'visit', 'sentAt'],
  event: [...common, 'id', 'type', 'name', 'happenedAt', 'message', 'properties', 'state'],
  profile: ['kind', 'id', 'counted', 'createdAt', 'source', 'unsettled', 'erasedAt', 'mergedInto'],
  customer: ['kind', 'contact', 'book', 'months', 'movedTo'],
  membership: ['kind', 'contact', 'counted', 'segment', 'since'],
  refusal: ['kind', 'contact', 'counted', 'journey', 'version', 'reason', 'bornAt'],
  watermark: ['kind', 'of'],
};

/** When an item came to be; later ones are entered into a book as they come. */
export const bornAt = (item: Item): string => {
  const { kind } = item;
  const born =
    kind === 'profile'
      ? item.createdAt
      : kind === 'membership'
        ? item.since
        : kind === 'refusal'
          ? item.bornAt
          : kind === 'run'
            ? item.startedAt
            : item.at;
  return typeof born === 'string' ? born : '';
};
