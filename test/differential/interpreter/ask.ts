import type { Condition } from '#conditions/schema';
import { isZone } from './calendar.ts';
import { holds, type Known } from './conditions.ts';
import { mayBeWrittenTo, viewOf } from './contact.ts';
import type { Heard, Life, Run } from './people.ts';
import type { Properties } from './story.ts';

/** The zone of the contact, if it is one; else that of the client. */
export const zoneOf = ({ contact, house }: Life): string => {
  const { timezone } = contact.fields;
  return typeof timezone === 'string' && isZone(timezone) ? timezone : house.timezone;
};

export const asTrigger = ({ name, type, properties }: Heard) => ({ event: name, type, properties });

/** A click proves the opening, an opening the delivery. A machine proves the delivery, and no more. */
const proven: Record<string, readonly string[]> = {
  sent: ['delivered', 'opened', 'clicked', 'complained', 'unsubscribed'],
  delivered: ['delivered', 'opened', 'clicked', 'complained', 'unsubscribed'],
  opened: ['opened', 'clicked'],
  clicked: ['clicked'],
  bounced: ['bounced'],
  complained: ['complained'],
};

export const tellsOf = ({ message }: Heard, run: Run, step: string, was: string): boolean =>
  message !== undefined &&
  message.run === run &&
  message.step === step &&
  (message.machine ? was === 'delivered' || was === 'sent' : (proven[was] ?? []).includes(message.was));

const wasMessage = ({ heard }: Life, run: Run, step: string, was: string): boolean => {
  if (heard.some((event) => tellsOf(event, run, step, was))) return true;
  return run.path.some(
    (visit) =>
      visit.step === step &&
      ((was === 'sent' && visit.sent !== undefined) || (was === 'skipped' && visit.skipped)),
  );
};

const didNamed = ({ heard }: Life, name: string) =>
  heard
    .filter((event) => event.type === 'track' && event.name === name)
    .map(({ at, properties }) => ({ at, properties }));

/** Segments ask of the contact alone. */
const isIn = (life: Life, id: string): boolean => {
  const segment = life.house.segments[id] as { if: Condition } | undefined;
  return segment !== undefined && holds(segment.if, knownOf(life, undefined, undefined));
};

const knownOf = (life: Life, run: Run | undefined, trigger: Properties | undefined): Known => ({
  now: life.now,
  zone: zoneOf(life),
  contact: viewOf(life.contact),
  trigger,
  results: {},
  consent: (key) => mayBeWrittenTo(life.contact, key),
  inSegment: (id) => isIn(life, id),
  did: (name) => didNamed(life, name),
  message: (step, was) => run !== undefined && wasMessage(life, run, step, was),
});

/** @param heard what `trigger` means, where it is not what started the run */
export const isTrue = (
  life: Life,
  condition: Condition | undefined,
  run: Run | undefined,
  heard?: Heard,
): boolean =>
  condition === undefined ||
  holds(condition, knownOf(life, run, (heard ? asTrigger(heard) : run?.trigger) as Properties | undefined));

export const segmentsNow = (life: Life): Set<string> =>
  new Set(Object.keys(life.house.segments).filter((id) => isIn(life, id)));
