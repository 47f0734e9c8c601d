import { evaluate } from '#conditions/evaluate';
import type { Contact, Scoring } from '#model/contact';
import type { ScoreRule } from '#model/contact-rules';
import type { ContactEvent } from '#model/event';
import { hasPublicName } from '../journeys/match.ts';
import { contactFacts } from './contact-facts.ts';
import type { ContactSettings } from './contact-settings.ts';
import { addPoints, noPoints, scoreAt, setTo } from './score.ts';
import { zoneOf } from './zone.ts';

const isConfirmation = ({ consent = [] }: ContactEvent): boolean => consent.some(({ confirms }) => confirms);

const isHeardBy = ({ on }: ScoreRule, event: ContactEvent): boolean => {
  if ('event' in on) return hasPublicName(event) && event.name === on.event;
  // The click of a double opt-in tells of the same post once more.
  if ('form' in on) return event.type === 'form' && event.name === on.form && !isConfirmation(event);
  return event.message?.was === on.message && event.message.machine !== true;
};

/** Does any rule listen to it, as far as can be told without the contact? */
export const mayScore = (event: ContactEvent, { score }: ContactSettings): boolean =>
  score !== undefined && Object.values(score.rules).some((rule) => isHeardBy(rule, event));

/** Limits are those that the client has now. */
const scoringOf = (contact: Contact, at: string, { score }: ContactSettings): Scoring => {
  const { atLeast: _, atMost: __, ...known } = contact.scoring ?? noPoints(contact.score, at);
  return { ...noPoints(0, at, score), ...known };
};

const withScoring = (contact: Contact, scoring: Scoring): Contact => ({
  ...contact,
  scoring,
  score: scoreAt(scoring, Date.parse(scoring.asOf)),
});

const holds = (
  rule: ScoreRule,
  contact: Contact,
  event: ContactEvent,
  now: number,
  settings: ContactSettings,
): boolean => {
  if (!rule.if) return true;
  const zone = zoneOf(contact, settings.timezone ?? 'UTC');
  const { name, type, properties } = event;
  return evaluate(rule.if, {
    ...contactFacts({ contact, now, zone, events: [], segments: new Map() }),
    trigger: { event: name, type, properties },
  });
};

/** What the rules give the contact for an event, as the contact is after it. */
export const scoreEvent = (contact: Contact, event: ContactEvent, settings: ContactSettings): Contact => {
  if (!mayScore(event, settings)) return contact;
  const before = scoringOf(contact, event.at, settings);
  const now = Date.parse(before.asOf);
  let scoring = before;
  for (const [id, rule] of Object.entries(settings.score!.rules))
    if (isHeardBy(rule, event) && holds(rule, contact, event, now, settings))
      scoring = addPoints(scoring, id, rule, Math.min(now, Date.parse(event.happenedAt)));
  return scoring === before ? contact : withScoring(contact, scoring);
};

/** By hand: the score becomes what is said. @param at for a contact that no rule gave anything yet */
export const putScore = (
  contact: Contact,
  score: unknown,
  { at, settings }: { at: string; settings: ContactSettings },
): Contact => {
  if (typeof score !== 'number' || !Number.isFinite(score) || score === contact.score) return contact;
  if (!contact.scoring && !settings.score) return { ...contact, score };
  return withScoring(contact, setTo(scoringOf(contact, at, settings), score));
};

/** By hand: so many points more, which do not fade. */
export const addScore = (
  contact: Contact,
  points: number | undefined,
  { at, settings }: { at: string; settings: ContactSettings },
): Contact => {
  if (!points || !Number.isFinite(points)) return contact;
  if (!contact.scoring && !settings.score) return { ...contact, score: contact.score + points };
  const scoring = scoringOf(contact, at, settings);
  return withScoring(contact, { ...scoring, base: scoring.base + points });
};
