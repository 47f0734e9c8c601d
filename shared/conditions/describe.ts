import { joined } from '../kernel/words.ts';
import type { Condition, DidCondition, MessageFact, Operator, Operators, Range } from './schema.ts';
import type { AwaitedTrigger, Trigger } from './triggers.ts';

/** A condition as a person would say it, for pictures, reports and messages. */
export const describe = (condition: Condition): string => {
  if ('all' in condition) return joined(condition.all.map(inner), 'and');
  if ('any' in condition) return joined(condition.any.map(inner), 'or');
  if ('not' in condition) return `not ${inner(condition.not)}`;
  if ('contact' in condition) return describeOperators(condition.contact, condition);
  if ('trigger' in condition) return describeOperators(`trigger.${condition.trigger}`, condition);
  if ('results' in condition) return describeOperators(`results.${condition.results}`, condition);
  if ('did' in condition) return describeDid(condition);
  if ('message' in condition) return describeMessage(condition);
  if ('tag' in condition) return `has the tag ${quoted(condition.tag)}`;
  if ('segment' in condition) return `is in the segment ${quoted(condition.segment)}`;
  if ('consent' in condition) return `has consented to ${condition.consent}`;
  if ('score' in condition) return describeOperators('score', condition.score);
  return `is in the stage ${quoted(condition.stage)}`;
};

/** Lists inside a condition stand in brackets, so that "and" and "or" do not run together. */
const inner = (condition: Condition): string =>
  'all' in condition || 'any' in condition ? `(${describe(condition)})` : describe(condition);

const quoted = (value: unknown): string => (typeof value === 'string' ? `"${value}"` : String(value));
const listed = (values: unknown): string => joined((values as unknown[]).map(quoted), 'or');

const words: { [O in Operator]: (value: unknown) => string } = {
  is: (value) => `is ${quoted(value)}`,
  isNot: (value) => `is not ${quoted(value)}`,
  in: (value) => `is ${listed(value)}`,
  notIn: (value) => `is not ${listed(value)}`,
  contains: (value) => `contains ${quoted(value)}`,
  startsWith: (value) => `starts with ${quoted(value)}`,
  endsWith: (value) => `ends with ${quoted(value)}`,
  exists: (value) => (value ? 'is known' : 'is not known'),
  above: (value) => `is above ${value}`,
  atLeast: (value) => `is at least ${value}`,
  below: (value) => `is below ${value}`,
  atMost: (value) => `is at most ${value}`,
  before: (value) => `is before ${value}`,
  after: (value) => `is after ${value}`,
  inLast: (value) => `was in the last ${value}`,
  inNext: (value) => `is in the next ${value}`,
};

const describeOperators = (name: string, operators: Operators): string =>
  `${name} ${joined(operatorWords(operators))}`;

const operatorWords = (operators: Operators): string[] =>
  (Object.keys(words) as Operator[])
    .filter((name) => operators[name] !== undefined)
    .map((name) => words[name](operators[name]));

const describeDid = ({ did, times, inLast, where }: DidCondition): string =>
  [
    `did ${quoted(did)}`,
    times && describeTimes(times),
    inLast && `in the last ${inLast}`,
    where && `where ${describe(where)}`,
  ]
    .filter(Boolean)
    .join(' ');

const describeTimes = ({ is, above, atLeast, below, atMost }: Range): string => {
  const parts = [
    is !== undefined && `exactly ${is}`,
    above !== undefined && `more than ${above}`,
    atLeast !== undefined && `at least ${atLeast}`,
    below !== undefined && `fewer than ${below}`,
    atMost !== undefined && `at most ${atMost}`,
  ].filter((part) => part !== false);
  return `${joined(parts)} times`;
};

const describeMessage = ({ message, was, link }: MessageFact): string =>
  `message ${quoted(message)} was ${was}${link ? ` on ${link}` : ''}`;

/** A trigger as a person would say it: `form "demo-request" is posted`. */
export const describeTrigger = (trigger: Trigger | AwaitedTrigger): string => {
  if ('form' in trigger) return `form ${quoted(trigger.form)} is posted`;
  if ('event' in trigger) return `event ${quoted(trigger.event)}`;
  if ('segment' in trigger) return `contact ${trigger.when} segment ${quoted(trigger.segment)}`;
  if ('tag' in trigger) return `contact is given the tag ${quoted(trigger.tag)}`;
  if ('message' in trigger) return describeMessage(trigger);
  if ('date' in trigger) return describeDate(trigger);
  return 'contact is put in by hand';
};

/** A date of the contact, as a person would say it: `30 days before contact.renewalDate at 09:00`. */
export const describeDate = ({
  date,
  offset = '',
  at,
}: {
  date: string;
  offset?: string | undefined;
  at?: string | undefined;
}): string => {
  const by = offset.replace(/^[+-]\s*/, '');
  const shift = by && `${by} ${offset.startsWith('-') ? 'before' : 'after'}`;
  return [shift, date, at && `at ${at}`].filter(Boolean).join(' ');
};
