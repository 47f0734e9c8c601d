import { evaluate } from '#conditions/evaluate';
import type { ConditionFacts, DidFact } from '#conditions/facts';
import { type SegmentConditions, soundSegments } from '#conditions/segments';
import { type Contact, hasConsent, viewContact } from '#model/contact';
import type { ContactEvent } from '#model/event';
import { hasPublicName } from '../journeys/match.ts';
import { nextScoreChange } from './score-changes.ts';

/** As much of an event as `did` asks for. */
export type Happening = Pick<ContactEvent, 'type' | 'name' | 'happenedAt' | 'properties'>;

/** What conditions may ask about a contact outside of any run. */
export interface ContactKnowledge {
  contact: Contact;
  /** Milliseconds since the epoch. */
  now: number;
  zone: string;
  events: readonly Happening[];
  segments: SegmentConditions;
}

/** Facts of no run: segments know no trigger, no results and no messages, whoever asks for them. */
export const contactFacts = (known: ContactKnowledge): ConditionFacts => {
  const { contact, now, zone } = known;
  const { scoring } = contact;
  const did = createDid(known.events);
  const facts: ConditionFacts = {
    contact: viewContact(contact),
    now,
    zone,
    ...(scoring && { nextScoreChange: (thresholds) => nextScoreChange(scoring, now, thresholds) }),
    consent: (key) => hasConsent(contact, key),
    inSegment: (id) => inSegment(id),
    did,
    message: () => [],
  };
  const inSegment = createInSegment(known.segments, facts);
  return facts;
};

/** Each segment is judged once, however many others name it. */
const createInSegment = (segments: SegmentConditions, facts: ConditionFacts): ((id: string) => boolean) => {
  const judged = new Map<string, boolean>();
  return (id) => {
    const known = judged.get(id);
    if (known !== undefined) return known;
    const segment = soundSegments(segments).get(id);
    const answer = segment !== undefined && evaluate(segment.if, facts);
    judged.set(id, answer);
    return answer;
  };
};

const createDid = (events: readonly Happening[]): ((name: string) => readonly DidFact[]) => {
  let byName: Map<string, Happening[]> | undefined;
  return (name) => {
    byName ??= Map.groupBy(events.filter(hasPublicName), (event) => event.name);
    return (byName.get(name) ?? []).map(({ happenedAt, properties }) => ({
      at: Date.parse(happenedAt),
      properties,
    }));
  };
};
