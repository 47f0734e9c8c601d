import { isBlankRow } from '#csv/parse';
import { unguardFormula } from '#csv/write';
import { parseJson } from '#kernel/json';
import { isFieldName } from '#model/field';
import type { ConsentWord } from '#policy/contacts/consent';
import { isTag } from '#policy/contacts/contact-fields';
import {
  byStrength,
  type Identity,
  normaliseEmail,
  normalisePhone,
  refuseId,
} from '#policy/contacts/identity';
import type { ContactUpdate } from '#policy/contacts/update-contact';
import { findUnstorable } from '#store/storable';
import { isPlainNo, readCell, readConsent, type Writing } from './cells.ts';
import type { Column, Target } from './columns.ts';

/** What the whole import says of each of its rows. */
export interface Common extends Writing {
  columns: readonly Column[];
  tags: readonly string[];
  /** Channels and topics. */
  consentKeys: readonly string[];
  /** The words to which the contacts agreed, kept as proof. */
  consentText?: string | undefined;
  /** Of the import: where its consent comes from. */
  origin: string;
}

export type RefusedCode =
  | 'empty-row'
  | 'wrong-number-of-cells'
  | 'no-identity'
  | 'invalid-email'
  | 'invalid-phone'
  | 'invalid-user-id';

export interface ReadRow {
  /** Of a contact of ours, in a file that was exported. */
  id?: string;
  /** Strongest first. */
  identities: Identity[];
  update: ContactUpdate;
  /** Cells that were left out, and why: `companySize:invalid-number`. */
  notes: string[];
}
export type Reading = { row: ReadRow } | { refused: RefusedCode; notes: string[] };

interface Draft {
  id?: string;
  identities: Identity[];
  set: Record<string, unknown>;
  tags: string[];
  score?: number;
  stage?: string;
  consent: ConsentWord[];
  /** Channels and topics of which a cell is unclear, or the address none: no yes of another cell counts. */
  unclear: Set<string>;
  notes: string[];
  wrong?: RefusedCode;
}

const address = (draft: Draft, kind: 'email' | 'phone', cell: string, writing: Writing): void => {
  const value = kind === 'email' ? normaliseEmail(cell) : normalisePhone(cell, writing.country);
  if (value === undefined) {
    draft.wrong ??= `invalid-${kind}`;
    draft.notes.push(`${kind}:invalid-${kind}`);
    draft.unclear.add(kind === 'email' ? 'email' : 'sms');
  } else {
    draft.identities.push({ kind, value });
    draft.set[kind] = value;
  }
};

const userId = (draft: Draft, cell: string): void => {
  const refused = refuseId(cell);
  if (!refused) draft.identities.push({ kind: 'userId', value: cell });
  else {
    draft.wrong ??= 'invalid-user-id';
    draft.notes.push(`userId:${refused}`);
  }
};

const say = (draft: Draft, channel: string, given: boolean | undefined, common: Common): void => {
  if (given === undefined) {
    draft.notes.push(`consent.${channel}:unclear`);
    draft.unclear.add(channel);
  } else
    draft.consent.push({
      ...{ channel, given, source: 'import', origin: common.origin },
      ...(given && common.consentText !== undefined ? { text: common.consentText } : {}),
    });
};

/** That somebody is not unsubscribed is no consent; whatever else stands in such a column is a no. */
const sayOptedOut = (draft: Draft, channel: string, cell: string, common: Common): void => {
  if (isPlainNo(cell)) return;
  if (readConsent(cell) === undefined) draft.notes.push(`consent.${channel}:taken-as-no`);
  say(draft, channel, false, common);
};

/** `email:no`, `sms=yes` */
const answered = /^([a-z][a-z0-9-]*)\s*[:=]\s*(.+)$/;

/**
 * `yes` and `no` speak of mail, and an unclear word may, too, unless mail is named beside it; a list names the
 * channels and topics that were agreed to, or answers for each. Nobody knows of what in it a bare no speaks.
 */
const consents = (draft: Draft, cell: string, common: Common): void => {
  const given = readConsent(cell);
  if (given !== undefined) {
    say(draft, 'email', given, common);
    return;
  }
  const words = cell.split(/[;,|]/).map((each) => each.trim().toLowerCase());
  const keys = words.map((word) => answered.exec(word)?.[1] ?? word);
  const hasNo = words.some((word) => readConsent(word) === false);
  for (const [i, word] of words.entries()) {
    const key = keys[i] ?? word;
    if (!common.consentKeys.includes(key) || hasNo) {
      draft.notes.push('consent:unclear');
      if (hasNo) draft.unclear.add(key);
      if (hasNo || !keys.includes('email')) draft.unclear.add('email');
    } else say(draft, key, key === word ? true : readConsent(answered.exec(word)?.[2] ?? ''), common);
  }
};

const parsed = (text: string): unknown => {
  const { value, problem } = parseJson(text, { maxBytes: 128 * 1024 });
  return problem ? undefined : value;
};

/** As our exports write what no column of their own holds. */
const others = (draft: Draft, cell: string, common: Common): void => {
  const fields = parsed(cell);
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
    draft.notes.push('otherFields:not-json');
    return;
  }
  for (const [name, value] of Object.entries(fields)) {
    if (!isFieldName(name) || findUnstorable(value)) draft.notes.push('otherFields:not-a-field');
    else if (typeof value === 'string') field(draft, { name }, value, common);
    else draft.set[name] = value;
  }
};

const tagsIn = (cell: string): readonly unknown[] => {
  const list = cell.startsWith('[') ? parsed(cell) : undefined;
  return Array.isArray(list) ? list : cell.split(/[;|]/).map((tag) => tag.trim());
};

const tags = (draft: Draft, cell: string): void => {
  const given = tagsIn(cell);
  draft.tags.push(...given.filter(isTag));
  if (given.some((tag) => tag !== '' && !isTag(tag))) draft.notes.push('tags:invalid-tag');
};

const score = (draft: Draft, cell: string, writing: Writing): void => {
  const read = readCell(cell, { type: 'number' }, writing);
  if ('code' in read) draft.notes.push(`score:${read.code}`);
  else draft.score = Number(read.value);
};

const field = (
  draft: Draft,
  { name, rule }: { name: string; rule?: Parameters<typeof readCell>[1] },
  cell: string,
  common: Common,
): void => {
  if (name === 'email' || name === 'phone') {
    address(draft, name, cell, common);
    return;
  }
  const read = readCell(cell, rule, common);
  if ('code' in read) draft.notes.push(`${name}:${read.code}`);
  else draft.set[name] = read.value;
};

type TargetOf<To extends Target['to']> = Extract<Target, { to: To }>;

/** By what the column becomes. */
const readers: {
  [To in Target['to']]: (draft: Draft, cell: string, target: TargetOf<To>, common: Common) => void;
} = {
  field: (draft, cell, target, common) => field(draft, target, cell, common),
  consent: (draft, cell, { channel, inverse }, common) => {
    if (inverse) sayOptedOut(draft, channel, cell, common);
    else say(draft, channel, readConsent(cell), common);
  },
  consents: (draft, cell, _, common) => consents(draft, cell, common),
  userId: (draft, cell) => userId(draft, cell),
  id: (draft, cell) => {
    if (/^[0-9a-z]{20}$/.test(cell)) draft.id = cell;
  },
  tags: (draft, cell) => tags(draft, cell),
  score: (draft, cell, _, common) => score(draft, cell, common),
  stage: (draft, cell) => {
    if (cell.length <= 100) draft.stage = cell;
    else draft.notes.push('stage:too-long');
  },
  others: (draft, cell, _, common) => others(draft, cell, common),
  nothing: () => {},
};

const readOne = (draft: Draft, { target }: Column, cell: string, common: Common): void =>
  (readers[target.to] as (draft: Draft, cell: string, target: Target, common: Common) => void)(
    draft,
    cell,
    target,
    common,
  );

const updateOf = (draft: Draft, common: Common): ContactUpdate => ({
  set: { ...draft.set, ...(draft.score === undefined ? {} : { score: draft.score }) },
  addTags: [...draft.tags, ...common.tags],
  stage: draft.stage,
  consent: draft.consent.filter(({ channel, given }) => !given || !draft.unclear.has(channel)),
});

/** One row of the file; an empty cell says nothing and takes nothing away. */
export const readRow = (cells: readonly string[], common: Common): Reading => {
  if (isBlankRow(cells)) return { refused: 'empty-row', notes: [] };
  const { columns } = common;
  const extra = cells.slice(columns.length);
  if (cells.length < columns.length || !isBlankRow(extra))
    return { refused: 'wrong-number-of-cells', notes: [`found ${cells.length}, columns ${columns.length}`] };
  const draft: Draft = { identities: [], set: {}, tags: [], consent: [], unclear: new Set(), notes: [] };
  for (const [i, column] of columns.entries()) {
    const cell = unguardFormula((cells[i] ?? '').trim());
    if (cell !== '') readOne(draft, column, cell, common);
  }
  if (draft.identities.length === 0 && draft.id === undefined)
    return { refused: draft.wrong ?? 'no-identity', notes: draft.notes };
  return {
    row: {
      ...(draft.id === undefined ? {} : { id: draft.id }),
      identities: byStrength(draft.identities),
      update: updateOf(draft, common),
      notes: [...new Set(draft.notes)],
    },
  };
};
