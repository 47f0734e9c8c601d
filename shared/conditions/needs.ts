import { durationMs } from '../kernel/durations.ts';
import type { Condition, MessageState } from './schema.ts';
import { walkCondition } from './walk.ts';

/** What must be loaded before a condition can be judged. */
export interface Needs {
  /** Fields of the contact, first name of each path. */
  fields: Set<string>;
  /** Event names, with how far back (milliseconds; `Infinity` for all time). */
  events: Map<string, number>;
  segments: Set<string>;
  consents: Set<string>;
  /** Messages of the run: step and what became of it. */
  messages: { step: string; was: MessageState }[];
  trigger: boolean;
  results: boolean;
}

export const needs = (...conditions: (Condition | undefined)[]): Needs => {
  const found = noNeeds();
  for (const condition of conditions)
    if (condition) walkCondition(condition, (inner) => addNeeds(inner, found));
  return found;
};

const noNeeds = (): Needs => ({
  fields: new Set(),
  events: new Map(),
  segments: new Set(),
  consents: new Set(),
  messages: [],
  trigger: false,
  results: false,
});

const addNeeds = (condition: Condition, found: Needs): void => {
  if ('contact' in condition) found.fields.add(condition.contact.split('.')[0]!);
  else if ('trigger' in condition) found.trigger = true;
  else if ('results' in condition) found.results = true;
  else if ('did' in condition) addEvent(condition, found);
  else if ('message' in condition) found.messages.push({ step: condition.message, was: condition.was });
  else if ('tag' in condition) found.fields.add('tags');
  else if ('segment' in condition) found.segments.add(condition.segment);
  else if ('consent' in condition) found.consents.add(condition.consent);
  else if ('score' in condition) found.fields.add('score');
  else if ('stage' in condition) found.fields.add('stage');
};

const addEvent = ({ did, inLast }: { did: string; inLast?: string | undefined }, found: Needs): void => {
  const back = inLast === undefined ? Number.POSITIVE_INFINITY : durationMs(inLast);
  found.events.set(did, Math.max(back, found.events.get(did) ?? 0));
};
