import type { Condition } from '#conditions/schema';
import type { Trigger } from '#conditions/triggers';
import { isTrue, segmentsNow, zoneOf } from './ask.ts';
import { addSpan, readMoment, timeOfDay } from './calendar.ts';
import { readPath } from './conditions.ts';
import { viewOf } from './contact.ts';
import { milliseconds, readSpan } from './durations.ts';
import { hear } from './hear.ts';
import type { Heard, Life, Run } from './people.ts';
import type { Properties } from './story.ts';

/** What time alone changes: who is in a segment, whether an exit rule is true, whose date has come. */

type DateTrigger = Extract<Trigger, { date: string }>;

/** The next moment at which that may be. */
export const nextMoment = (life: Life): number | undefined => {
  const moments = [
    ...Object.values(life.house.segments).flatMap((segment) =>
      momentsOf(life, (segment as { if: Condition }).if),
    ),
    ...rulesOf(life).flatMap(({ run, condition }) => momentsOf(life, condition, run.trigger)),
    ...dateTriggers(life).flatMap((on) => appointment(life, on) ?? []),
  ];
  const ahead = moments.filter((at) => at > life.now);
  return ahead.length === 0 ? undefined : Math.min(...ahead);
};

/** Looks at it now. Of several things that time does in one instant nobody can say which is first. */
export const lookAtClock = (life: Life): void => {
  const events = [
    ...(isMoved(life) ? [eventOf(life, { type: 'change', name: 'Contact Changed' })] : []),
    ...dateTriggers(life)
      .filter((on) => appointment(life, on) === life.now)
      .map(({ date, ...properties }) => eventOf(life, { type: 'date', name: date, properties })),
  ];
  if (events.length > 1) life.isTied = true;
  for (const event of events) hear(life, event);
};

const isMoved = (life: Life): boolean => {
  const segments = segmentsNow(life);
  const isElsewhere =
    segments.size !== life.inSegments.size || [...segments].some((id) => !life.inSegments.has(id));
  return isElsewhere || rulesOf(life).some(({ run, condition }) => isTrue(life, condition, run));
};

const eventOf = ({ now }: Life, what: Pick<Heard, 'type' | 'name'> & Partial<Heard>): Heard => ({
  ...{ cause: { clock: now }, at: now, properties: {}, depth: 0 },
  change: { tagsAdded: [], entered: [], left: [] },
  ...what,
});

const rulesOf = ({ runs }: Life): { run: Run; condition: Condition }[] =>
  runs
    .filter(({ ended }) => !ended)
    .flatMap((run) =>
      (run.document.exit ?? []).flatMap(({ on, if: condition }) =>
        on || !condition ? [] : [{ run, condition }],
      ),
    );

/** The same words are one appointment, whichever journeys listen. */
const dateTriggers = ({ house }: Life): DateTrigger[] => {
  const all = house.journeys.flatMap(({ enter }) => enter.on.filter((on) => 'date' in on));
  return [...new Map(all.map((on) => [`${on.date} ${on.offset} ${on.at}`, on])).values()];
};

const appointment = (life: Life, { date, offset, at }: DateTrigger): number | undefined => {
  const zone = zoneOf(life);
  const moment = readMoment(readPath({ contact: viewOf(life.contact) }, date), zone);
  if (!moment) return undefined;
  const shifted = offset ? addSpan(moment.from, readSpan(offset), zone) : moment.from;
  return at ? timeOfDay(shifted, at, zone) : shifted;
};

/** Where a comparison with now may turn. */
const momentsOf = (life: Life, condition: Condition, trigger?: Run['trigger']): number[] => {
  const inner = (each: Condition): number[] => momentsOf(life, each, trigger);
  if ('all' in condition) return condition.all.flatMap(inner);
  if ('any' in condition) return condition.any.flatMap(inner);
  if ('not' in condition) return inner(condition.not);
  if ('segment' in condition) {
    const segment = life.house.segments[condition.segment] as { if: Condition } | undefined;
    return segment ? momentsOf(life, segment.if) : [];
  }
  if ('did' in condition) {
    const { did, inLast } = condition;
    const found = life.heard.filter(({ type, name }) => type === 'track' && name === did);
    return inLast === undefined ? [] : found.map(({ at }) => at + milliseconds(inLast) + 1);
  }
  return ofDates(life, condition as Properties, trigger);
};

const ofDates = (
  life: Life,
  { contact, trigger: path, inLast, inNext }: Properties,
  trigger?: Run['trigger'],
): number[] => {
  const value =
    typeof contact === 'string'
      ? readPath(viewOf(life.contact), contact)
      : typeof path === 'string'
        ? readPath(trigger, path)
        : undefined;
  const date = readMoment(value, zoneOf(life));
  if (!date || (inLast === undefined && inNext === undefined)) return [];
  const ends = typeof inLast === 'string' ? [date.last + milliseconds(inLast) + 1] : [];
  const begins = typeof inNext === 'string' ? [date.from - milliseconds(inNext)] : [];
  return [date.from, date.last + 1, ...ends, ...begins];
};
