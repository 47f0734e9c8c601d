import { iso } from '#kernel/clock';
import { derivedId, newId, storedIdOf } from '#kernel/ids';
import { forbiddenKeys } from '#kernel/json';
import { type Identity, normaliseEmail, normalisePhone, refuseId } from '#policy/contacts/identity';
import { refuseName } from '#policy/contacts/names';
import { touchOf } from '#policy/reports/names';
import type { EventDraft } from '#store/contacts/arrivals';
import { findUnstorable } from '#store/storable';
import { type AnyCall, type CallType, callSchemas } from './calls.ts';

export interface Reading {
  /** Milliseconds. */
  now: number;
  /** When the sender's clock says the whole batch was sent. */
  sentAt?: string | undefined;
  /** For phone numbers without a country code. */
  country?: string | undefined;
  /** Of the request: where a word of consent was said. */
  origin?: string | undefined;
}

export interface Refused {
  code: string;
  /** Into the event. */
  path: string;
  message: string;
}
export type Read = { identities: readonly Identity[]; draft: EventDraft } | { refused: readonly Refused[] };

const refuse = (code: string, path: string, message: string): Read => ({
  refused: [{ code, path, message }],
});

/**
 * The sender's clock may be wrong, but the time between its two stamps is right; what happened
 * cannot have happened later than now.
 */
export const correctTime = (
  {
    timestamp,
    originalTimestamp,
    sentAt,
  }: { timestamp?: string | undefined; originalTimestamp?: string | undefined; sentAt?: string | undefined },
  now: number,
): number => {
  const said = timestamp ?? originalTimestamp;
  if (said === undefined) return now;
  const happened = sentAt === undefined ? Date.parse(said) : now - (Date.parse(sentAt) - Date.parse(said));
  return Math.min(now, Math.max(0, happened));
};

/** Names that would be ours to give: internal ones of other systems, and those of objects. */
const isReserved = (name: string): boolean => /^(?:\$|wayleaf\b)/i.test(name) || forbiddenKeys.has(name);

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const isZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

/** Analytics libraries know the zone and language of the device; a trait of the same name is better. */
const deviceTraits = ({ timezone, locale }: Record<string, unknown>): Record<string, string> => ({
  ...(typeof timezone === 'string' && timezone.length <= 64 && isZone(timezone) ? { timezone } : {}),
  ...(typeof locale === 'string' && /^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$/.test(locale)
    ? { language: locale.replaceAll('_', '-') }
    : {}),
});

const contentOf = ({ type, call }: AnyCall): Pick<EventDraft, 'type' | 'name' | 'properties' | 'traits'> => {
  switch (type) {
    case 'track':
      return { type, name: call.event, properties: call.properties };
    case 'identify':
      return {
        type,
        name: 'Identified',
        properties: {},
        traits: { ...deviceTraits(call.context), ...call.traits },
      };
    case 'page':
    case 'screen': {
      const name = type === 'page' ? 'Page Viewed' : 'Screen Viewed';
      const { name: title, category } = call;
      return {
        type,
        name,
        properties: {
          ...call.properties,
          ...(title ? { name: title } : {}),
          ...(category ? { category } : {}),
        },
      };
    }
    case 'group':
      return {
        type,
        name: 'Group Joined',
        properties: { ...call.traits, groupId: call.groupId },
        traits: { groupId: call.groupId },
      };
    case 'alias':
      return { type, name: 'Alias Added', properties: {} };
  }
};

/** An address among the traits leads to the contact too; one that is none is no reason to refuse the rest. */
const addressesIn = (traits: Record<string, unknown> = {}, country?: string): Identity[] => {
  const email = normaliseEmail(textOf(traits.email) ?? '');
  const phone = normalisePhone(textOf(traits.phone) ?? '', country);
  return [
    ...(email ? [{ kind: 'email', value: email } as const] : []),
    ...(phone ? [{ kind: 'phone', value: phone } as const] : []),
  ];
};

const idsOf = ({ type, call }: AnyCall): [path: string, kind: Identity['kind'], value: string][] => {
  const ids: [string, Identity['kind'], string | undefined][] = [
    ['/userId', 'userId', call.userId],
    ['/anonymousId', 'anonymousId', call.anonymousId],
    ['/previousId', 'anonymousId', type === 'alias' ? call.previousId : undefined],
  ];
  return ids.filter((entry): entry is [string, Identity['kind'], string] => entry[2] !== undefined);
};

const withPhone = (
  traits: Record<string, unknown>,
  identities: readonly Identity[],
): Record<string, unknown> => {
  const phone = identities.find(({ kind }) => kind === 'phone');
  return phone ? { ...traits, phone: phone.value } : traits;
};

/** The sender's id; else, of an event with its time, one that a second sending has again. */
const idOf = ({ type, call }: AnyCall): string => {
  const { messageId, sentAt: _, context: __, ...content } = call;
  if (messageId !== undefined) return storedIdOf(messageId);
  return content.timestamp === undefined && content.originalTimestamp === undefined
    ? newId()
    : derivedId('event', type, JSON.stringify(content));
};

const namesLeftOut = (traits: Record<string, unknown> = {}): string[] =>
  Object.keys(traits).filter((name) => refuseName(name, traits[name]) !== undefined);

/** What is said beside the call itself of what its traits may become. */
const traitsOf = (
  traits: Record<string, unknown> | undefined,
  identities: readonly Identity[],
  { origin }: Reading,
): Pick<EventDraft, 'traits' | 'leftOut' | 'origin'> => {
  if (!traits) return {};
  const leftOut = namesLeftOut(traits);
  const kept = Object.fromEntries(Object.entries(traits).filter(([name]) => !leftOut.includes(name)));
  return {
    traits: withPhone(kept, identities),
    ...(leftOut.length > 0 ? { leftOut } : {}),
    ...(traits.consent !== undefined && origin !== undefined ? { origin } : {}),
  };
};

const draftOf = (all: AnyCall, identities: readonly Identity[], reading: Reading): EventDraft => {
  const content = contentOf(all);
  const happened = correctTime({ ...all.call, sentAt: all.call.sentAt ?? reading.sentAt }, reading.now);
  const touch = touchOf(all.call.context.campaign);
  return {
    ...content,
    ...(touch && { touch }),
    ...traitsOf(content.traits, identities, reading),
    id: idOf(all),
    at: iso(reading.now),
    happenedAt: iso(happened),
    depth: 0,
    state: 'accepted',
  };
};

const refusedId = (ids: ReturnType<typeof idsOf>): Refused | undefined => {
  for (const [path, , value] of ids) {
    const code = refuseId(value);
    if (code) return { code, path, message: `${path.slice(1)} is not an id that names one person.` };
  }
  return undefined;
};

const check = (all: AnyCall, ids: ReturnType<typeof idsOf>): Refused | undefined => {
  if (ids.length === 0)
    return { code: 'no-identity', path: '', message: 'An event needs userId or anonymousId.' };
  if (all.type === 'alias' && all.call.userId === undefined)
    return { code: 'no-identity', path: '/userId', message: 'An alias needs userId and previousId.' };
  if (all.type === 'track' && isReserved(all.call.event))
    return { code: 'reserved-name', path: '/event', message: 'This event name is reserved.' };
  const { properties, traits } = contentOf(all);
  const unstorable = findUnstorable([properties, traits]);
  return refusedId(ids) ?? (unstorable && { ...unstorable, path: '' });
};

/** One event of a stranger as ours, or why not. */
export const eventOfCall = (type: CallType, value: unknown, reading: Reading): Read => {
  const parsed = callSchemas[type].safeParse(value);
  if (!parsed.success)
    return {
      refused: parsed.error.issues.map((issue) => ({
        code: 'invalid-event',
        path: issue.path.map((part) => `/${String(part)}`).join(''),
        message: issue.message,
      })),
    };
  const all = { type, call: parsed.data } as AnyCall;
  const ids = idsOf(all);
  const refused = check(all, ids);
  if (refused) return refuse(refused.code, refused.path, refused.message);
  const traits = all.type === 'identify' ? all.call.traits : undefined;
  const identities = [
    ...ids.map(([, kind, value]) => ({ kind, value })),
    ...addressesIn(traits, reading.country),
  ];
  return { identities, draft: draftOf(all, identities, reading) };
};
