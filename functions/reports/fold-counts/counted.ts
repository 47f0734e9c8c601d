import type { ContactEvent } from '#model/event';
import type { Run, StepRecord } from '#model/run';
import type { Send } from '#model/send';
import type { Touch } from '#model/touch';
import type { Item } from '#store/table';

/** The book into which it was entered last. */
interface Marked {
  counted?: number;
}

interface Stored {
  run: Run & Marked;
  step: StepRecord & Marked;
  send: Send & Marked;
  event: Omit<ContactEvent, 'properties'> & Partial<Pick<ContactEvent, 'properties'>> & Marked;
  profile: Marked & {
    id: string;
    createdAt?: string;
    source?: Touch;
    unsettled?: string;
    erasedAt?: string;
    mergedInto?: string;
  };
  customer: { contact: string; book: number; months?: Set<string>; paid?: Set<string>; movedTo?: string };
  membership: Marked & { contact: string; segment: string; since: string };
  refusal: Marked & { contact: string; journey: string; version: number; reason: string; bornAt?: string };
  watermark: { of: string };
}
type Kind = keyof Stored;

/** What a message's provider and its reader told of it. */
export const toldMembers = [
  ...(['deliveredAt', 'openedAt', 'clickedAt', 'bouncedAt', 'hardBouncedAt', 'complainedAt'] as const),
] as const;
const common = ['contact', 'counted', 'journey', 'version'] as const;

const members = {
  run: [
    ...common,
    ...(['id', 'status', 'startedAt', 'endedAt', 'ended', 'wait', 'converted', 'credited'] as const),
    ...(['about', 'trigger'] as const),
  ],
  step: [
    ...common,
    ...(['step', 'at', 'outcome', 'branch', 'reason', 'run', 'visit', 'answer', 'endedAt'] as const),
  ],
  send: [
    ...common,
    ...(['step', 'at', 'channel', 'template', 'status', 'reason', 'id', 'run', 'visit', 'sentAt'] as const),
    ...toldMembers,
  ],
  event: [
    ...(['contact', 'counted', 'id', 'type', 'name', 'at', 'happenedAt', 'message'] as const),
    ...(['properties', 'state'] as const),
  ],
  profile: ['id', 'counted', 'createdAt', 'source', 'unsettled', 'erasedAt', 'mergedInto'],
  customer: ['contact', 'book', 'months', 'paid', 'movedTo'],
  membership: ['contact', 'counted', 'segment', 'since'],
  refusal: ['contact', 'counted', 'journey', 'version', 'reason', 'bornAt'],
  watermark: ['of'],
} as const satisfies { readonly [K in Kind]: readonly (keyof Stored[K])[] };

/** All that is read of an item here, by kind: the rest of its image need not be unmarshalled. */
export const readMembers: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(members).map(([kind, names]) => [kind, ['kind', ...names]]),
);

/** An item as it is read here: whoever asks it for a member that is not in the list fails in `tsc`. */
export type Counted<K extends Kind = Kind> = {
  [P in K]: { kind: P } & Pick<Stored[P], Extract<(typeof members)[P][number], keyof Stored[P]>>;
}[K];

/** Kinds of items that are counted, in a book and anew; marks only pass through. */
export type CountedKind = Exclude<Kind, 'watermark'>;
export const isKind = (kind: unknown): kind is CountedKind =>
  typeof kind === 'string' && kind !== 'watermark' && Object.hasOwn(members, kind);

/** We wrote it ourselves, a schema would be asked thousands of times a second: only its kind is looked at. */
export const countedOfItem = (item: Item): Counted | undefined =>
  isKind(item.kind) || item.kind === 'watermark' ? (item as Counted) : undefined;

/** The image before a change, which is of the same kind as the one after it. */
export const ofKind = <K extends Kind>(kind: K, item: Counted | undefined): Only<K> | undefined =>
  item && isOf(kind, item) ? item : undefined;
type Only<K extends Kind> = Extract<Counted, { kind: K }>;
const isOf = <K extends Kind>(kind: K, item: Counted): item is Only<K> => item.kind === kind;

/** When an item came to be; later ones are entered into a book as they come. */
const bornMembers: Readonly<Partial<Record<Kind, string>>> = {
  profile: 'createdAt',
  membership: 'since',
  refusal: 'bornAt',
  run: 'startedAt',
};

export const bornAt = (item: Readonly<Item>): string => {
  const born = item[(isKind(item.kind) && bornMembers[item.kind]) || 'at'];
  return typeof born === 'string' ? born : '';
};
