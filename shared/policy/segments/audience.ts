import { needs } from '#conditions/needs';
import { nextChange } from '#conditions/next-change';
import type { Condition } from '#conditions/schema';
import { soundSegments } from '#conditions/segments';
import type { Contact } from '#model/contact';
import type { ContactChange } from '#model/event';
import { contactFacts, type Happening } from '../contacts/contact-facts.ts';
import { zoneOf } from '../contacts/zone.ts';
import { type Appointment, appointments, type DateTrigger, dueBetween, nextAfter } from './dates.ts';

/** Since which version of the audience something is asked in these very words, and when it was written (ISO). */
export interface Since {
  since: number;
  sinceAt: string;
}

/**
 * What every contact is looked at for: who is in which segment, whose dates come. Its version grows
 * whenever any of it is written anew; a contact remembers the version it was last looked at for.
 */
export interface Audience {
  /** 0: there is nothing to look for, and never was. */
  version: number;
  /** For contacts whose zone is not known. */
  zone: string;
  segments: ReadonlyMap<string, { if: Condition } & Since>;
  dates: readonly (DateTrigger & Since)[];
}

/** What is remembered of one contact from the last time. */
export interface Standing {
  /** Of the audience; 0: never looked at. */
  version: number;
  /** Counts the times it was written; the condition of every writing. */
  turn: number;
  /** ISO: dates up to here were dealt with. */
  checkedAt?: string | undefined;
  /** ISO: when time alone may change something. */
  due?: string | undefined;
  segments: readonly string[];
}

export const newcomer: Standing = { version: 0, turn: 0, segments: [] };

/** What the audience's conditions ask of a contact. */
interface Asked {
  fields: ReadonlySet<string>;
  events: ReadonlyMap<string, number>;
  consent: boolean;
}
const asked = new WeakMap<Audience, Asked>();
const askedBy = (audience: Audience): Asked => {
  const known = asked.get(audience);
  if (known) return known;
  const { fields, events, consents } = needs(
    ...[...soundSegments(audience.segments).values()].map((segment) => segment.if),
  );
  const dated = audience.dates.map(({ date }) => date.split('.')[1]!);
  const found = { fields: new Set([...fields, ...dated, 'timezone']), events, consent: consents.size > 0 };
  asked.set(audience, found);
  return found;
};

/** Is any segment about events of this name? */
export const asksForEvent = (audience: Audience, name: string): boolean => askedBy(audience).events.has(name);

/** May this change move the contact, or one of its dates? */
export const asksForChange = (audience: Audience, change: ContactChange): boolean => {
  const { fields, consent } = askedBy(audience);
  return (
    change.fields.some((name) => fields.has(name)) ||
    (fields.has('tags') && change.tagsAdded.length + change.tagsRemoved.length > 0) ||
    (fields.has('score') && change.scoreAdded !== 0) ||
    (fields.has('stage') && change.stage !== undefined) ||
    (consent && change.consent.length + (change.consentEnded?.length ?? 0) > 0)
  );
};

/** How far back the contact's events must be read (milliseconds since the epoch); undefined: not at all. */
export const eventsSince = (audience: Audience, now: number): number | undefined => {
  const { events } = askedBy(audience);
  return events.size === 0 ? undefined : Math.min(...[...events.values()].map((back) => now - back));
};

/** A date that has come. */
export interface ComingDate extends Appointment {
  trigger: DateTrigger;
}

export interface Reviewed {
  /** What is to be remembered of the contact: an older version where more moved than fits into one writing. */
  version: number;
  segments: string[];
  entered: string[];
  left: string[];
  /** More moved than fits into one writing: look again at once. */
  isMore: boolean;
  /** It came into a segment, or out of one, because the segment was written: nobody is told. */
  isMovedSilently: boolean;
  /** In order of time, no more than fit into one writing. */
  dates: ComingDate[];
  /** Milliseconds: dates up to here are dealt with. */
  checkedAt: number;
  /** Milliseconds: when to look again; undefined: time alone changes nothing. */
  due: number | undefined;
}

/** Event, profile, dates and memberships are one transaction of at most 100 parts. */
const mostDates = 20;
const mostMoves = 50;

/** Looks at one contact as it is now. Pure. */
export const reviewContact = (
  audience: Audience,
  standing: Standing,
  { contact, now, events }: { contact: Contact; now: number; events: readonly Happening[] },
): Reviewed => {
  const zone = zoneOf(contact, audience.zone);
  const facts = contactFacts({ contact, now, zone, events, segments: audience.segments });
  const sound = soundSegments(audience.segments);
  const moves = movesOf(
    standing.segments,
    [...sound.keys()].filter((id) => facts.inSegment(id)),
  );
  const isNews = (id: string): boolean => isOlder(audience.segments.get(id), standing, contact);
  const conditionOf = (id: string): Condition | undefined => sound.get(id)?.if;
  const coming = datesOf(audience, standing, { contact, view: facts.contact, now, zone });
  const dates = coming.due.slice(0, mostDates);
  const checkedAt = coming.due.length > dates.length ? dates.at(-1)!.at : now;
  const changes = [...sound.values()].map((segment) => nextChange(segment.if, facts, conditionOf));
  return {
    version: moves.areAll ? audience.version : standing.version,
    segments: moves.segments,
    entered: moves.entered.filter(isNews),
    left: moves.left.filter(isNews),
    isMore: !moves.areAll,
    isMovedSilently: ![...moves.entered, ...moves.left].every(isNews),
    dates,
    checkedAt,
    due: first([
      ...changes,
      checkedAt < now ? coming.due[mostDates]!.at : coming.next,
      moves.areAll ? undefined : now,
    ]),
  };
};

/** No more than fit into one writing; the rest at the next look, which is due at once. */
const movesOf = (before: readonly string[], after: readonly string[]) => {
  const wentOut = before.filter((id) => !after.includes(id));
  const left = wentOut.slice(0, mostMoves);
  const cameIn = after.filter((id) => !before.includes(id)).sort();
  const entered = cameIn.slice(0, mostMoves - left.length);
  return {
    ...{ entered, left },
    segments: [...before.filter((id) => !left.includes(id)), ...entered].sort(),
    areAll: wentOut.length + cameIn.length === left.length + entered.length,
  };
};

/**
 * Was it asked before this contact was last looked at, or before there was the contact? Else it is the
 * document that moved and not the contact: who is in a segment when it is made has not entered it.
 */
const isOlder = (asked: Since | undefined, { version }: Standing, { createdAt }: Contact): boolean =>
  asked !== undefined && (version > 0 ? version >= asked.since : createdAt >= asked.sinceAt);

/** Was anything of it asked only after there was the contact? */
export const isAskedAfter = ({ segments, dates }: Audience, { createdAt }: Contact): boolean =>
  [...segments.values(), ...dates].some(({ sinceAt }) => createdAt < sinceAt);

const first = (instants: readonly (number | undefined)[]): number | undefined => {
  const earliest = Math.min(...instants.map((at) => at ?? Number.POSITIVE_INFINITY));
  return Number.isFinite(earliest) ? earliest : undefined;
};

const datesOf = (
  { dates }: Audience,
  standing: Standing,
  {
    contact,
    view,
    now,
    zone,
  }: { contact: Contact; view: Record<string, unknown>; now: number; zone: string },
): { due: ComingDate[]; next: number | undefined } => {
  const all = dates.map((trigger) => {
    const made = appointments(trigger, view, { now, zone });
    const from = Date.parse(
      isOlder(trigger, standing, contact) ? (standing.checkedAt ?? contact.createdAt) : trigger.sinceAt,
    );
    const { date, offset, at } = trigger;
    return {
      due: dueBetween(made, from, now).map((each) => ({ ...each, trigger: { date, offset, at } })),
      next: nextAfter(made, now),
    };
  });
  return {
    due: all.flatMap(({ due }) => due).sort((a, b) => a.at - b.at),
    next: first(all.map(({ next }) => next)),
  };
};
