import type { Condition } from '#conditions/schema';
import { readMoment } from './calendar.ts';
import { milliseconds } from './durations.ts';
import type { Properties } from './story.ts';

/** What a condition may ask. */
export interface Known {
  now: number;
  zone: string;
  contact: Properties;
  trigger: Properties | undefined;
  results: Properties;
  consent(key: string): boolean;
  inSegment(id: string): boolean;
  /** Events of the contact by name, with what they said. */
  did(event: string): { at: number; properties: Properties }[];
  message(step: string, was: string): boolean;
}

type Test = (value: unknown, wanted: never, known: Known) => boolean;
const isMissing = (value: unknown): boolean => value === undefined || value === null;
const isNumber = (value: unknown): value is number => typeof value === 'number';
const isText = (value: unknown): value is string => typeof value === 'string';

/** An operator each; a missing value makes all but `exists` false. */
const tests: Record<string, Test> = {
  is: (value, wanted: unknown) => value === wanted,
  isNot: (value, wanted: unknown) => value !== wanted,
  in: (value, wanted: unknown[]) => wanted.includes(value),
  notIn: (value, wanted: unknown[]) => !wanted.includes(value),
  contains: (value, wanted: string) =>
    isText(value) ? value.includes(wanted) : Array.isArray(value) && value.includes(wanted),
  startsWith: (value, wanted: string) => isText(value) && value.startsWith(wanted),
  endsWith: (value, wanted: string) => isText(value) && value.endsWith(wanted),
  above: (value, wanted: number) => isNumber(value) && value > wanted,
  atLeast: (value, wanted: number) => isNumber(value) && value >= wanted,
  below: (value, wanted: number) => isNumber(value) && value < wanted,
  atMost: (value, wanted: number) => isNumber(value) && value <= wanted,
  before: (value, wanted: string, { zone }) => {
    const [date, limit] = [readMoment(value, zone), readMoment(wanted, zone)];
    return date !== undefined && limit !== undefined && date.from < limit.from;
  },
  after: (value, wanted: string, { zone }) => {
    const [date, limit] = [readMoment(value, zone), readMoment(wanted, zone)];
    return date !== undefined && limit !== undefined && date.from > limit.last;
  },
  inLast: (value, wanted: string, { now, zone }) => {
    const date = readMoment(value, zone);
    return date !== undefined && date.from <= now && date.last >= now - milliseconds(wanted);
  },
  inNext: (value, wanted: string, { now, zone }) => {
    const date = readMoment(value, zone);
    return date !== undefined && date.last >= now && date.from <= now + milliseconds(wanted);
  },
};

const compare = (value: unknown, operators: Properties, known: Known): boolean =>
  Object.entries(operators).every(([name, wanted]) => {
    if (name === 'exists') return isMissing(value) !== wanted;
    return !isMissing(value) && tests[name]!(value, wanted as never, known);
  });

export const readPath = (source: unknown, path: string): unknown => {
  let value = source;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Properties)[name];
  }
  return value;
};

const sources = ['contact', 'trigger', 'results'] as const;

/** Is it so? */
export const holds = (condition: Condition, known: Known): boolean => {
  if ('all' in condition) return condition.all.every((each) => holds(each, known));
  if ('any' in condition) return condition.any.some((each) => holds(each, known));
  if ('not' in condition) return !holds(condition.not, known);
  if ('tag' in condition) return (known.contact.tags as string[]).includes(condition.tag);
  if ('segment' in condition) return known.inSegment(condition.segment);
  if ('consent' in condition) return known.consent(condition.consent);
  if ('score' in condition) return compare(known.contact.score, condition.score, known);
  if ('stage' in condition) return known.contact.stage === condition.stage;
  if ('message' in condition) return known.message(condition.message, condition.was);
  if ('did' in condition) {
    const { did, times = { atLeast: 1 }, inLast, where } = condition;
    const found = known
      .did(did)
      .filter(({ at }) => inLast === undefined || at >= known.now - milliseconds(inLast))
      .filter(
        ({ properties }) =>
          !where || holds(where, { ...known, trigger: { event: did, type: 'track', properties } }),
      );
    return compare(found.length, times, known);
  }
  for (const source of sources)
    if (source in condition) {
      const { [source]: path, ...operators } = condition as unknown as Properties;
      return compare(readPath(known[source], String(path)), operators, known);
    }
  throw new Error(`no condition: ${JSON.stringify(condition)}`);
};
