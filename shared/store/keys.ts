/**
 * Every key of the three tables, in one place. See README.md here for the access patterns.
 *
 * Main table: `pk`, `sk`; local index `by-time` (`pk`, `at`; KEYS_ONLY, strongly readable) gives a
 * contact's whole history in order; sparse global index `unsettled` (`unsettled`, `unsettledAt`;
 * KEYS_ONLY) lists what must still be settled, so that a sweep finds what a crash left; sparse global
 * index `agenda` (`agenda`, `agendaAt`; KEYS_ONLY) lists what time alone may change, by when; sparse
 * global index `members` (`memberOf`, `memberSince`; KEYS_ONLY) lists who is in a segment, since when.
 * Catalogue table: `pk`, `sk`. Audit table: `pk`, `sk`; global indexes `by-actor` and `by-subject`.
 */
export interface Key {
  pk: string;
  sk: string;
}

const contactPk = (contact: string): string => `C#${contact}`;

/** `APNS/app/uuid` of `arn:aws:sns:…:endpoint/APNS/app/uuid`. */
const endpointName = (arn: string): string => arn.slice(arn.indexOf(':endpoint/') + ':endpoint/'.length);

export const main = {
  contactPk,
  profile: (contact: string): Key => ({ pk: contactPk(contact), sk: 'PROFILE' }),
  event: (contact: string, id: string): Key => ({ pk: contactPk(contact), sk: `E#${id}` }),
  eventPrefix: 'E#',
  /** One per contact, journey and `enter.key`: holds the active run and what re-entry rules need. */
  entry: (contact: string, journey: string, key = ''): Key => ({
    pk: contactPk(contact),
    sk: `J#${journey}#${key}`,
  }),
  run: (contact: string, run: string): Key => ({ pk: contactPk(contact), sk: `R#${run}` }),
  step: (contact: string, run: string, step: string, visit: number): Key => ({
    pk: contactPk(contact),
    sk: `T#${run}#${step}#${visit}`,
  }),
  send: (contact: string, send: string): Key => ({ pk: contactPk(contact), sk: `M#${send}` }),
  /** That an event did not let the contact into a journey, kept until it is counted. */
  refusal: (contact: string, event: string, journey: string): Key => ({
    pk: contactPk(contact),
    sk: `N#${event}#${journey}`,
  }),
  /** A click whose judgement waits for those that may come with it. */
  heldClick: (contact: string, id: string): Key => ({ pk: contactPk(contact), sk: `H#${id}` }),
  heldClickPrefix: 'H#',
  /** When to look at a run again although nothing happens. */
  watch: (contact: string, run: string): Key => ({ pk: contactPk(contact), sk: `W#${run}` }),
  /** That a contact is in a segment; with the contact, so that it goes with it. */
  membership: (contact: string, segment: string): Key => ({ pk: contactPk(contact), sk: `G#${segment}` }),
  /** A page of the consent ledger: what one revision of the profile changed. */
  consent: (contact: string, at: string, rev: number): Key => ({
    pk: contactPk(contact),
    sk: `L#${at}#${pad(rev)}`,
  }),
  consentPrefix: 'L#',
  /** A device that takes push messages of the contact. `endpoint`: ARN, whose last part tells it. */
  device: (contact: string, endpoint: string): Key => ({
    pk: contactPk(contact),
    sk: `D#${endpointName(endpoint)}`,
  }),
  devicePrefix: 'D#',
  /** Whose a device is: one contact's at a time. */
  deviceOwner: (endpoint: string): Key => ({ pk: `P#${endpointName(endpoint)}`, sk: 'P' }),
  /** When messages were sent, per channel, for the caps. */
  caps: (contact: string): Key => ({ pk: contactPk(contact), sk: 'CAPS' }),
  /** `kind`: email, phone, userId, anonymousId; `value` normalised. Exists at most once. */
  identity: (kind: string, value: string): Key => ({ pk: `I#${kind}#${value}`, sk: 'I' }),
  /** `hash`: keyed hash of the address; outlives the contact's erasure. */
  suppression: (channel: string, hash: string): Key => ({ pk: `S#${channel}#${hash}`, sk: 'S' }),
  /** That a contact was erased, and the keyed hashes of its addresses, for the links in its old mails. */
  erasure: (contact: string): Key => ({ pk: `S#contact#${contact}`, sk: 'S' }),
  /** Which post brought a mailbox its last message, unanswered so far. `hash`: keyed, of the mailbox or number. */
  unanswered: (channel: string, hash: string): Key => ({ pk: `ASK#${channel}#${hash}`, sk: 'ASK' }),
  /** How much of a kind came from one within a window. `hash`: keyed, of who it is. */
  limit: (what: string, hash: string, window: number): Key => ({
    pk: `LIMIT#${what}#${hash}`,
    sk: String(window),
  }),
  /** May this journey send now? Copied over `gateCopies` items so that no item is hot; paused in one transaction. */
  gate: (journey: string, copy: number): Key => ({ pk: `GATE#${journey}#${copy}`, sk: 'GATE' }),
  /** A call of a function that failed for good; with the contact it is of, so that it goes with it. */
  parked: (contact: string | undefined, id: string): Key =>
    contact === undefined ? { pk: `Q#${id}`, sk: 'Q' } : { pk: contactPk(contact), sk: `Q#${id}` },
  /** The last heartbeat of a channel. */
  beat: (channel: string): Key => ({ pk: `BEAT#${channel}`, sk: 'BEAT' }),
  /** What was counted when metrics were last written. */
  noted: (): Key => ({ pk: 'NOTED', sk: 'NOTED' }),
  /** How many messages the client sent within an hour or a day, about. */
  brake: (per: string, window: number): Key => ({ pk: `BRAKE#${per}`, sk: String(window) }),
  /** From where on the bounces and complaints of a journey count. */
  breaker: (journey: string): Key => ({ pk: `BREAKER#${journey}`, sk: 'BREAKER' }),
  /** How fast the account may mail just now. One item: SES takes fewer mails a second than it takes writes. */
  sendPace: (): Key => ({ pk: 'PACE#email', sk: 'PACE' }),
  /**
   * Folded counters of one journey version (or another subject), spread over `countShards`: of all time, or of
   * one day. `book`: what was counted since counting began anew; see `runs/books.ts`.
   */
  count: (
    journey: string,
    version: number,
    shard: number,
    { day, book = 0 }: { day?: string | undefined; book?: Book | undefined } = {},
  ): Key => ({
    pk: `COUNT#${journey}`,
    sk: `${countRange(book, day)}V#${pad(version)}#${shard}`,
  }),
  /** Where counting stands: which book is read, and which is being written anew. */
  books: (): Key => ({ pk: 'BOOKS', sk: 'BOOKS' }),
  /** Names that came from outside and are counted by, as far as there is room for more. */
  namesOf: (what: string): Key => ({ pk: `NAMES#${what}`, sk: 'NAMES' }),
  /** In which months a contact was a customer, and what each order brought, as one book sees it. */
  customer: (contact: string, book: number): Key => ({ pk: contactPk(contact), sk: `A#${pad(book)}` }),
  /** What is known of one test (a `split` with a `winner`) of one journey version. */
  trial: (journey: string, version: number, step: string): Key => ({
    pk: `TRIAL#${journey}`,
    sk: `V#${pad(version)}#${step}`,
  }),
  /** Tells by passing through the stream how far it is folded; the sort key is that of members. */
  watermark: (of: string, i: number): Key => ({ pk: `MARK#${of}#${i}`, sk: 'G#' }),
  /** Marks a batch of the stream as folded. */
  fold: (batch: string): Key => ({ pk: `FOLD#${batch}`, sk: 'FOLD' }),
} as const;

export const catalogue = {
  client: (): Key => ({ pk: 'CLIENT', sk: 'SETTINGS' }),
  /** Bumped by every publish, pause, upload: caches compare it with one read. */
  revision: (): Key => ({ pk: 'CLIENT', sk: 'REVISION' }),
  /** What is stopped for the whole client. */
  sending: (): Key => ({ pk: 'CLIENT', sk: 'SENDING' }),
  /** What all contacts are looked at for: segments and dates, and since which version of that. */
  audience: (): Key => ({ pk: 'CLIENT', sk: 'AUDIENCE' }),
  /** What was spent, as entered for the reports. */
  costs: (): Key => ({ pk: 'REPORTS', sk: 'COSTS' }),
  /** Who asked for the weekly figures by the API. */
  reportMail: (): Key => ({ pk: 'REPORTS', sk: 'MAIL' }),
  /** That somebody's figures of a week are sent. `who`: keyed hash of the address. */
  reportMailOf: (week: string, who: string): Key => ({ pk: `REPORTS#${week}`, sk: who }),
  /** Signing and hashing keys, made at first use. */
  keys: (): Key => ({ pk: 'CLIENT', sk: 'KEYS' }),
  /** Of whole segments. */
  enrolments: 'ENROLMENT',
  enrolment: (id: string): Key => ({ pk: 'ENROLMENT', sk: id }),
  tokens: 'TOKEN',
  /** Raised by every change of the tokens. */
  tokensRevision: (): Key => ({ pk: 'CLIENT', sk: 'TOKENS' }),
  token: (hash: string): Key => ({ pk: 'TOKEN', sk: hash }),
  /** Of a service that is not ours. */
  secret: (name: string): Key => ({ pk: 'SECRET', sk: name }),
  journeys: 'JOURNEY',
  journey: (id: string): Key => ({ pk: 'JOURNEY', sk: id }),
  draft: (id: string): Key => ({ pk: `JOURNEY#${id}`, sk: 'DRAFT' }),
  version: (id: string, version: number): Key => ({ pk: `JOURNEY#${id}`, sk: `V#${pad(version)}` }),
  /** What does not fit one item goes on in parts; `content` keeps the parts of two writings apart. */
  part: ({ pk, sk }: Key, content: string, part: number): Key => ({
    pk,
    sk: `${sk}~${content}~${pad(part)}`,
  }),
  imports: 'IMPORT',
  /** What is known of an import of contacts; its parts and results stand apart from it. */
  import: (id: string): Key => ({ pk: 'IMPORT', sk: id }),
  importPk: (id: string): string => `IMPORT#${id}`,
  /** `edition`: parts are written anew when somebody of theirs is erased. */
  importPart: (id: string, part: number, chunk: number, edition = ''): Key => ({
    pk: `IMPORT#${id}`,
    sk: `P#${pad(part)}#${pad(chunk)}${edition && `#${edition}`}`,
  }),
  /** `row`: the first one that it tells of. */
  importResult: (id: string, row: number): Key => ({
    pk: `IMPORT#${id}`,
    sk: `R#${String(row).padStart(9, '0')}`,
  }),
  /** `kind`: template, layout, partial, form, segment. */
  documents: (kind: DocumentKind): string => kind.toUpperCase(),
  document: (kind: DocumentKind, id: string): Key => ({ pk: kind.toUpperCase(), sk: id }),
} as const;

/** `kept`: what stays counted although its item is gone. */
export type Book = number | 'kept';

/** What the sort keys of one book's counters begin with: those of all time, or of one day. */
export const countRange = (book: Book, day?: string): string =>
  `${book === 'kept' ? 'K#' : book === 0 ? '' : `B${pad(book)}#`}${day === undefined ? '' : `D#${day}#`}`;

export const audit = {
  month: (month: string): string => `ACT#${month}`,
  /** `at`: when it began (ISO). By `by-actor` (`actor`, `sk`) and `by-subject` (`subject`, `sk`), too. */
  act: (at: string, id: string): Key => ({ pk: audit.month(at.slice(0, 7)), sk: `${at}#${id}` }),
  /** When tokens were last used. */
  uses: 'USE',
  use: (token: string): Key => ({ pk: 'USE', sk: token }),
} as const;

export type DocumentKind = 'template' | 'layout' | 'partial' | 'form' | 'segment';

/** Epoch seconds; DynamoDB removes the item some time after (all tables). */
export const ttlAttribute = 'expiresAt';

export const gateCopies = 16;
export const countShards = 8;
export const unsettledShards = 8;
export const agendaShards = 8;
export const memberShards = 8;

const pad = (n: number): string => String(n).padStart(6, '0');

/** A small stable spread of an id over `n` buckets. */
export const bucket = (id: string, n: number): number => {
  let h = 0;
  for (let i = 0; i < id.length; i++) h = (h * 31 + id.charCodeAt(i)) >>> 0;
  return h % n;
};

/**
 * Partition of the `unsettled` index. `what`: event (stored, not yet heard), entering (run committed,
 * execution not known to be started), claim (send claimed, outcome not recorded), open (send claimed,
 * outcome not known), click (stored, not yet judged), erasing (erased, not yet looked over once more),
 * visitor (known by nothing but a browser, by when it was last seen), parked (for a person), task (for a
 * colleague, by when it is due), `paused:<journey>`, `paused:<journey>/<channel>`.
 */
export const unsettled = (
  what:
    | 'event'
    | 'entering'
    | 'claim'
    | 'open'
    | 'click'
    | 'parked'
    | 'task'
    | 'erasing'
    | 'visitor'
    | `paused:${string}`,
  id: string,
): string => (what.startsWith('paused:') ? what : `${what}#${bucket(id, unsettledShards)}`);

/**
 * Partition of the `agenda` index. `audience:<version>`: every contact, by the version of the audience
 * it was last looked at for (0: never), so that those of an older one are found; `watch`: runs.
 */
export const agenda = (what: `audience:${number}` | 'watch', id: string): string =>
  agendaShard(what, bucket(id, agendaShards));
export const agendaShard = (what: `audience:${number}` | 'watch', shard: number): string =>
  `${what}#${shard}`;

/** In the `members` index, what all contacts are in, since they are known; no segment can have this id. */
export const everybody = '*';
/** Partition of the `members` index. */
export const memberOf = (segment: string, shard: number): string => `${segment}#${shard}`;
/** Of the `members` index: by time of entering, no two alike. */
export const memberSince = (since: string, contact: string): string => `${since}#${contact}`;

/** In the agenda, of whom time alone changes nothing. */
export const never = '9999-12-31T23:59:59.999Z';
