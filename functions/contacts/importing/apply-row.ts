import { iso } from '#kernel/clock';
import { derivedId } from '#kernel/ids';
import { channelOfField } from '#model/channel';
import type { ContactChange } from '#model/event';
import type { ConsentWord } from '#policy/contacts/consent';
import { type Identity, mayAdopt } from '#policy/contacts/identity';
import { isTopicAlone } from '#policy/contacts/topic-channel';
import { getProfileItem } from '#store/contacts/contacts';
import { wereErasedSince } from '#store/contacts/erasures';
import { findContactId, findContactIds, kindsOf } from '#store/contacts/identities';
import { ReadAgain, untilSettled } from '#store/retry';
import type { Store } from '#store/store';
import { editInTurn } from '../changing/apply.ts';
import { createContact } from './create-contact.ts';
import type { ReadRow } from './row.ts';

export interface AppliedRow {
  code: 'created' | 'updated' | 'unchanged' | 'identity-conflict' | 'erased-meanwhile';
  contact?: string;
  notes: string[];
  /** Journeys are to hear of it. */
  isTold: boolean;
}

interface Place {
  import: string;
  row: number;
  /** ISO: when the row came. */
  receivedAt?: string | undefined;
}

type Resolved =
  | { kind: 'new'; identities: Identity[]; foreign: Identity[] }
  | { kind: 'known'; contact: string; identities: Identity[]; foreign: Identity[] }
  | { kind: 'conflict'; foreign: Identity[] };

const living = async (store: Store, id: string | undefined): Promise<string | undefined> => {
  const item = id === undefined ? undefined : await getProfileItem(store, id);
  return item && String(item.id);
};

/**
 * Whose row it is: the contact that its strongest identity leads to. Nobody is merged. An e-mail address or
 * user id of somebody else is a conflict; a phone of somebody else is left out, as families share them.
 */
const resolve = async (store: Store, { id, identities }: ReadRow): Promise<Resolved> => {
  const owners = await findContactIds(store, identities);
  const free = identities.filter((_, i) => owners[i] === undefined);
  const contact = (await living(store, id)) ?? (await strongest(store, identities, owners));
  const foreign = await asyncFilter(identities, async (_, i) => {
    const owner = owners[i];
    return owner !== undefined && owner !== contact && (await living(store, owner)) !== contact;
  });
  if (foreign.some(({ kind }) => kind !== 'phone')) return { kind: 'conflict', foreign };
  if (contact !== undefined) return { kind: 'known', contact, identities: free, foreign };
  return free.length > 0 ? { kind: 'new', identities: free, foreign } : { kind: 'conflict', foreign };
};

const asyncFilter = async <T>(
  items: readonly T[],
  test: (item: T, i: number) => Promise<boolean>,
): Promise<T[]> => {
  const kept: T[] = [];
  for (const [i, item] of items.entries()) if (await test(item, i)) kept.push(item);
  return kept;
};

/** One that is found by a weaker identity must not have another stronger one. */
const strongest = async (
  store: Store,
  identities: readonly Identity[],
  owners: readonly (string | undefined)[],
): Promise<string | undefined> => {
  for (const [i, identity] of identities.entries()) {
    const owner = owners[i];
    if (owner === undefined) continue;
    const profile = await getProfileItem(store, owner);
    if (!profile) continue;
    const has = kindsOf((profile.identities ?? new Set()) as Set<string>);
    if (i === 0 || mayAdopt(identity, identities, has)) return String(profile.id);
  }
  return undefined;
};

const isYesTo =
  (addresses: readonly Identity[]) =>
  ({ given, channel }: ConsentWord): boolean =>
    given && addresses.some(({ kind }) => channelOfField(kind) === channel);

/** A yes goes with the address it was given for; a no stays. */
const withoutForeign = ({ update }: ReadRow, foreign: readonly Identity[]): ReadRow['update'] => ({
  ...update,
  consent: update.consent?.filter((word) => !isYesTo(foreign)(word)),
  set: Object.fromEntries(
    Object.entries(update.set ?? {}).filter(([name]) => !foreign.some(({ kind }) => kind === name)),
  ),
});

const isEmpty = (change: ContactChange): boolean =>
  change.fields.length +
    change.tagsAdded.length +
    change.tagsRemoved.length +
    change.consent.length +
    change.suppressed.length ===
    0 &&
  change.scoreAdded === 0 &&
  change.stage === undefined;

const notesOf = (row: ReadRow, foreign: readonly Identity[]): string[] => [
  ...row.notes,
  ...foreign.map(({ kind }) => `${kind}:belongs-to-another`),
];

const lostYes = ({ update }: ReadRow, foreign: readonly Identity[]): string[] =>
  (update.consent ?? []).filter(isYesTo(foreign)).map(({ channel }) => `consent.${channel}:no-address`);

const eventOf = (place: Place) => `import-${place.import}-${place.row}`;

/** A no to mail counts for whom the e-mail address leads to, a no to texts for whose phone it is, one to a topic for both. */
const keepNo = async (
  store: Store,
  place: Place,
  { kind, value, said }: Identity & { said: ConsentWord },
): Promise<{ notes: string[]; isTold: boolean }> => {
  const owner = await living(store, await findContactId(store, { kind, value }));
  if (owner === undefined) return { notes: [], isTold: false };
  const outcome = await editInTurn(store, owner, {
    ...{ id: `${eventOf(place)}-${said.channel}`, by: `import:${place.import}`, depth: 0, quiet: true },
    update: { consent: [said] },
    at: iso(store.clock.now()),
  });
  if (!outcome) throw new ReadAgain('the contact was removed meanwhile');
  return { notes: [`consent.${said.channel}:no-counts`], isTold: !isEmpty(outcome.change) };
};

/** A row of two contacts changes neither, but for a no. */
const refuseConflict = async (
  store: Store,
  place: Place,
  row: ReadRow,
  notes: readonly string[],
): Promise<AppliedRow> => {
  const refused: AppliedRow = { code: 'identity-conflict', notes: [...notes], isTold: false };
  for (const identity of row.identities)
    for (const said of (row.update.consent ?? []).filter(isNoFor(identity))) {
      const kept = await keepNo(store, place, { ...identity, said });
      refused.notes.push(...kept.notes);
      refused.isTold ||= kept.isTold;
    }
  return { ...refused, notes: [...new Set(refused.notes)] };
};

/** A topic that is named alone has no channel of its own: its no counts for each of them. */
const isNoFor =
  ({ kind }: Identity) =>
  (word: ConsentWord): boolean => {
    const channel = channelOfField(kind);
    return !word.given && channel !== undefined && (channel === word.channel || isTopicAlone(word));
  };

/** What the file said and the contact did not become. */
const refusedBy = (
  { consent: said = [], stage }: ReadRow['update'],
  contact: { consent: object; stage?: string | undefined },
): string[] => {
  const consent = contact.consent as Record<string, { given: boolean }>;
  return [
    ...said
      .filter(({ channel, given }) => given && consent[channel]?.given !== true)
      .map(({ channel }) => `consent.${channel}:stricter-stands`),
    ...(stage !== undefined && contact.stage !== stage ? ['stage:not-allowed'] : []),
  ];
};

/** Applies a row once, however often it is asked; a repeat answers what the first time did. */
export const applyRow = (store: Store, place: Place, row: ReadRow): Promise<AppliedRow> =>
  untilSettled(() => applyOnce(store, place, row));

const applyOnce = async (store: Store, place: Place, row: ReadRow): Promise<AppliedRow> => {
  const resolved = await resolve(store, row);
  const notes = notesOf(row, resolved.foreign);
  if (resolved.kind === 'conflict') return refuseConflict(store, place, row, notes);
  // Whoever is erased leaves free identities: it is asked after they were found free.
  if (place.receivedAt !== undefined && (await wereErasedSince(store, resolved.identities, place.receivedAt)))
    return { code: 'erased-meanwhile', notes, isTold: false };
  const update = withoutForeign(row, resolved.foreign);
  notes.push(...lostYes(row, resolved.foreign));
  const by = `import:${place.import}`;
  const event = eventOf(place);
  const own = derivedId('import', place.import, place.row);
  if (resolved.kind === 'new') {
    const { contact, isTold } = await createContact(store, {
      ...{ contact: own, event, by, update, identities: resolved.identities },
    });
    return { code: 'created', contact: own, notes: [...notes, ...refusedBy(update, contact)], isTold };
  }
  const outcome = await editInTurn(store, resolved.contact, {
    ...{ id: event, by, update, depth: 0, quiet: true },
    at: iso(store.clock.now()),
    identities: resolved.identities,
    onTaken: () => {
      throw new ReadAgain('an address was taken meanwhile');
    },
  });
  if (!outcome) return { code: 'identity-conflict', notes, isTold: false };
  const { contact, change, repeated } = outcome;
  const code = contact.id === own ? 'created' : isEmpty(change) && !repeated ? 'unchanged' : 'updated';
  return {
    code,
    contact: contact.id,
    notes: [...notes, ...refusedBy(update, contact)],
    isTold: !isEmpty(change),
  };
};
