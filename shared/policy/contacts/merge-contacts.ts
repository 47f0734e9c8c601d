import type { Consent, Contact, RulePoints, Scoring } from '#model/contact';
import { suppress, unasked, withoutGroundless } from './consent.ts';
import { addTags, setField } from './contact-fields.ts';
import { noPoints, scoreAt } from './score.ts';

/** Channels whose messages go to an address among the fields. */
const addressFields: Readonly<Record<string, string>> = { email: 'email', sms: 'phone' };

const rank = ({ given, pending, afterNo }: Consent): number => (given ? 1 : !pending ? 4 : afterNo ? 3 : 2);

/** What was taken back outweighs what waits for a click, and that what was given; then the latest word. */
const stricter = (a: Consent, b: Consent): Consent =>
  rank(a) === rank(b) ? (a.at >= b.at ? a : b) : rank(a) > rank(b) ? a : b;

/** Is the address to which the channel's messages go from now on the other one's, too? */
const sharesAddress = (merged: Contact, other: Contact, channel: string): boolean => {
  const field = addressFields[channel];
  return field === undefined || merged.fields[field] === other.fields[field];
};

/** Without those that were said when there was no address, and would now be for the other one's. */
const ownConsent = (winner: Contact, other: Contact): Contact['consent'] => {
  const isForOther = ([key, said]: [string, Consent]): boolean => {
    const field = addressFields[said.channel ?? key];
    return said.given && field !== undefined && !winner.fields[field] && other.fields[field] !== undefined;
  };
  return Object.fromEntries(Object.entries(winner.consent).filter((entry) => !isForOther(entry)));
};

/** A yes was said for an address: it is none for another one. A no is about the person. */
const mergeConsent = (winner: Contact, merged: Contact, other: Contact): Contact['consent'] => {
  const consent = ownConsent(winner, other);
  for (const [key, said] of Object.entries(other.consent)) {
    const known = consent[key];
    const shared = sharesAddress(merged, other, said.channel ?? key);
    const kept = !said.pending && !said.given ? said : shared ? said : unasked(said);
    if (known) consent[key] = stricter(known, kept ?? said);
    else if (kept) consent[key] = kept;
  }
  return consent;
};

const mergeSuppressed = (merged: Contact, other: Contact): Contact =>
  Object.entries(other.suppressed).reduce(
    (contact, [channel, suppression]) =>
      suppression.reason === 'hard-bounce' && !sharesAddress(merged, other, channel)
        ? contact
        : suppress(contact, channel, suppression),
    merged,
  );

type Window = RulePoints['window'];

/** As if one person had come: what both got within one window counts against its cap together. */
const mergeWindows = (a: Window, b: Window): Window => {
  if (!a || !b) return a ?? b;
  const [first, last] = a.from <= b.from ? [a, b] : [b, a];
  return first.until !== undefined && last.from < first.until
    ? { ...first, points: first.points + last.points }
    : last;
};

const mergePoints = (a: RulePoints, b: RulePoints): RulePoints => {
  const window = mergeWindows(a.window, b.window);
  return { ...a, given: [...a.given, ...b.given], ...(window && { window }) };
};

/** Points fade as they did; limits are those that the next event brings. */
const mergeScoring = (a: Scoring, b: Scoring): Scoring => {
  const rules = { ...a.rules };
  for (const [id, points] of Object.entries(b.rules)) {
    const known = rules[id];
    rules[id] = known ? mergePoints(known, points) : points;
  }
  return { ...a, base: a.base + b.base, rules };
};

const scoringOf = ({ scoring, score }: Contact, at: string): Scoring => scoring ?? noPoints(score, at);

const mergeScore = (winner: Contact, loser: Contact, at: string): Pick<Contact, 'score' | 'scoring'> => {
  if (!winner.scoring && !loser.scoring) return { score: winner.score + loser.score };
  const scoring = mergeScoring(scoringOf(winner, at), scoringOf(loser, at));
  return { score: scoreAt(scoring, Date.parse(at)), scoring };
};

/**
 * Two contacts that are one person. Where both know a field, the first one's stays; what either took back
 * stays taken back.
 */
export const mergeContacts = (winner: Contact, loser: Contact, at: string): Contact => {
  const known = Object.entries(loser.fields).filter(([name]) => !Object.hasOwn(winner.fields, name));
  const filled = known.reduce((contact, [name, value]) => setField(contact, name, value), winner);
  const tagged = addTags(filled, loser.tags);
  const stage = winner.stage ?? loser.stage;
  return mergeSuppressed(
    {
      ...tagged,
      ...mergeScore(winner, loser, at),
      ...(stage === undefined ? {} : { stage }),
      consent: withoutGroundless({ ...tagged, consent: mergeConsent(winner, tagged, loser) }).consent,
      merged: [...(winner.merged ?? []), loser.id, ...(loser.merged ?? [])],
      updatedAt: at,
    },
    loser,
  );
};

/** Of two entries into one journey: what re-entry asks for, and the one run that goes on. */
interface EntryCounts {
  activeRun?: string;
  lastStartedAt: string;
  count: number;
}

/** @returns undefined when both have a run that goes on: one of them must end first */
export const mergeEntries = <E extends EntryCounts>(winner: E | undefined, loser: E): E | undefined => {
  if (!winner) return loser;
  if (winner.activeRun !== undefined && loser.activeRun !== undefined) return undefined;
  const last = winner.lastStartedAt >= loser.lastStartedAt ? winner : loser;
  const running = [winner, loser].find(({ activeRun }) => activeRun !== undefined);
  return { ...(running ?? last), count: winner.count + loser.count };
};
