import type { Definitions } from '#model/report-settings';
import { dayIn } from '#policy/reports/calendar';
import { watermarkCounters } from '#store/contacts/watermarks';
import { type CountDelta, segmentCounters } from '#store/runs/counters';
import type { Counted, CountedKind } from './counted.ts';
import { ofCustomer } from './of-customer.ts';
import { ofEvent } from './of-event.ts';
import { ofProfile } from './of-profile.ts';
import { ofRun } from './of-run.ts';
import { ofSend } from './of-send.ts';
import { ofStep } from './of-step.ts';
import { counterName, createRows, type Rows } from './rows.ts';

export interface Counting {
  definitions: Definitions;
  /** A name as it is counted: itself, or `(other)` where there was no more room. */
  nameIn(directory: string, name: string): string;
}

/**
 * What one item adds to the counters, and nothing but what stands in the item: a change adds the new and takes
 * away the old, so every counter is a plain sum, folded in any order and counted anew to the same.
 */
type Of<K extends CountedKind> = (item: Counted<K>, rows: Rows, counting: Counting) => void;

const of: { readonly [K in CountedKind]: Of<K> } = {
  run: ofRun,
  step: ofStep,
  send: ofSend,
  event: ofEvent,
  profile: ofProfile,
  customer: ofCustomer,
  membership: ({ segment }, rows) =>
    rows.add({ subject: segmentCounters(segment).journey }, counterName('', 'members')),
  refusal: ({ journey, version, reason, bornAt }, rows, { definitions }) => {
    const day = bornAt === undefined ? undefined : dayIn(definitions.timezone, bornAt);
    rows.addBoth({ subject: journey, version, day }, counterName('', 'refused', reason));
  },
};

const addTo = <K extends CountedKind>(rows: Rows, item: Counted<K>, counting: Counting): void =>
  of[item.kind](item, rows, counting);

export const contributionsOf = (item: Counted, counting: Counting): CountDelta[] => {
  const rows = createRows();
  if (item.kind !== 'watermark') addTo(rows, item, counting);
  return rows.list();
};

/** That a mark passed through the stream: counted once, whatever is counted anew. */
export const ofWatermark = (item: Counted<'watermark'>): CountDelta => ({
  ...watermarkCounters(item.of),
  counts: new Map([[counterName('', 'passed'), 1]]),
});
