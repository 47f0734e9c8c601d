import { durationMs } from '../kernel/durations.ts';
import { compare, isInRange } from './compare.ts';
import type { ConditionFacts, DidFact } from './facts.ts';
import { readPath } from './read-path.ts';
import type { Condition, DidCondition, MessageFact } from './schema.ts';

/** Is it true of the contact now? Pure; what it asks for is told by `needs`. */
export const evaluate = (condition: Condition, facts: ConditionFacts): boolean => {
  if ('all' in condition) return condition.all.every((part) => evaluate(part, facts));
  if ('any' in condition) return condition.any.some((part) => evaluate(part, facts));
  if ('not' in condition) return !evaluate(condition.not, facts);
  if ('contact' in condition) return compare(readPath(facts.contact, condition.contact), condition, facts);
  if ('trigger' in condition) return compare(readPath(facts.trigger, condition.trigger), condition, facts);
  if ('results' in condition) return compare(readPath(facts.results, condition.results), condition, facts);
  if ('did' in condition) return evaluateDid(condition, facts);
  if ('message' in condition) return evaluateMessage(condition, facts);
  return evaluateState(condition, facts);
};

type StateCondition = Extract<
  Condition,
  { tag: string } | { segment: string } | { consent: string } | { score: unknown } | { stage: string }
>;

const evaluateState = (condition: StateCondition, facts: ConditionFacts): boolean => {
  if ('tag' in condition) return hasTag(facts.contact.tags, condition.tag);
  if ('segment' in condition) return facts.inSegment(condition.segment);
  if ('consent' in condition) return facts.consent(condition.consent);
  if ('score' in condition) return isInRange(facts.contact.score, condition.score);
  return facts.contact.stage === condition.stage;
};

const hasTag = (tags: unknown, tag: string): boolean => Array.isArray(tags) && tags.includes(tag);

const evaluateMessage = ({ message, was, link }: MessageFact, facts: ConditionFacts): boolean =>
  facts.message(message, was).some((fact) => link === undefined || fact.link === link);

const evaluateDid = (condition: DidCondition, facts: ConditionFacts): boolean => {
  const { did, inLast, where, times = { atLeast: 1 } } = condition;
  const since = inLast === undefined ? Number.NEGATIVE_INFINITY : facts.now - durationMs(inLast);
  const counted = facts
    .did(did)
    .filter((fact) => fact.at >= since && fact.at <= facts.now)
    .filter((fact) => where === undefined || evaluate(where, asTrigger(did, fact, facts)));
  return isInRange(counted.length, times);
};

/** For a `where`: what the contact did is what `trigger` reads. */
export const asTrigger = (event: string, { properties }: DidFact, facts: ConditionFacts): ConditionFacts => ({
  ...facts,
  trigger: { event, type: 'track', properties },
});
