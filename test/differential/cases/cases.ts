import type { Condition } from '#conditions/schema';
import { checkDocument } from '#statemachines/checks/check';
import type { Journey, Step } from '#statemachines/document/schema';
import { Draw } from '../../conformance/draw.ts';
import { interpret } from '../interpreter/interpret.ts';
import type { Case, Dice, Happening, Properties } from '../interpreter/story.ts';
import { waysOf } from '../interpreter/tree.ts';
import { clientTimezone as timezone } from '../machine/client.ts';
import { diceOf } from '../machine/dice.ts';
import { contactId } from '../machine/play.ts';
import { someCondition } from './conditions.ts';
import { someJourney, someProperties, someUpdate } from './journeys.ts';
import { days, entrances, events, forms, plans, stages, tags, zones } from './words.ts';

/** What a publish would refuse is no case. */
export const isValid = ({ journeys, segments = {} }: Case): boolean => {
  if (!Object.values(segments).every(isSegment)) return false;
  const known = Object.fromEntries(journeys.map((journey) => [journey.id, journey]));
  return journeys.every((journey) => isPublishable(journey, known));
};

/** A condition that is refused of a journey is refused of a segment. */
const isSegment = (segment: object): boolean =>
  'if' in segment &&
  isPublishable({
    ...{ wayleaf: 1, id: 'segment', name: 'Segment', steps: [{ id: 'end', type: 'exit' }] },
    enter: { on: [{ event: entrances[0]! }], if: segment.if as Condition },
  });

const isPublishable = (journey: Journey, journeys?: Record<string, Journey>): boolean =>
  checkDocument(JSON.stringify(journey), journeys ? { journeys } : {}).issues.every(
    ({ severity }) => severity !== 'error',
  );

export const someCase = (seed: number): Case => {
  const draw = new Draw(seed);
  const ids = ['first', 'second', 'third'].slice(0, draw.pick([1, 1, 1, 2, 3]));
  const segments = draw.chance(0.4) ? someSegments(draw) : {};
  const journeys = ids.map((id) => validJourney(draw, id, { ids, segments: Object.keys(segments) }));
  const start = `${draw.pick(days)}T${String(draw.below(24)).padStart(2, '0')}:${draw.pick(['00', '17', '40'])}:00.000Z`;
  const quiet = { lot: seed, start, contact: someContact(draw, start), segments, journeys, happenings: [] };
  return withHistory(draw, quiet, diceOf(contactId(seed)));
};

const someSegments = (draw: Draw): Record<string, object> =>
  Object.fromEntries(['fans', 'quiet'].slice(0, 1 + draw.below(2)).map((id) => [id, someSegment(draw, id)]));

const someSegment = (draw: Draw, id: string): object => {
  for (;;) {
    const condition = someCondition(draw, { messages: [], segments: [], hasTrigger: false });
    const segment = { name: id, if: condition };
    if (isSegment(segment)) return segment;
  }
};

const validJourney = (
  draw: Draw,
  id: string,
  { ids, segments }: { ids: readonly string[]; segments: string[] },
): Journey => {
  for (;;) {
    const journey = someJourney(draw, { id, segments, others: ids.filter((other) => other !== id) });
    if (isPublishable(journey)) return journey;
  }
};

const dateNear = (draw: Draw, start: string): string => {
  const day = new Date(Date.parse(start) + (draw.below(12) - 3) * 86_400_000).toISOString().slice(0, 10);
  return `${day}${draw.pick(['', '', 'T10:00', 'T02:30', 'T09:00:00Z', 'T23:30:00+05:30'])}`;
};

const someContact = (draw: Draw, start: string): Properties => ({
  ...(draw.chance(0.95) ? { email: 'ada@example.com' } : {}),
  ...(draw.chance(0.8) ? { phone: '+14155550100' } : {}),
  ...(draw.chance(0.7) ? { pushEndpoint: 'arn' } : {}),
  ...(draw.chance(0.85) ? { timezone: draw.pick(zones) } : {}),
  consent: draw.subset(['email', 'sms', 'push'], 0.85),
  ...(draw.chance(0.6) ? { plan: draw.pick(plans) } : {}),
  ...(draw.chance(0.6) ? { size: draw.below(4) } : {}),
  ...(draw.chance(0.6) ? { renewal: dateNear(draw, start) } : {}),
  ...(draw.chance(0.3) ? { tags: [draw.pick(tags)] } : {}),
  ...(draw.chance(0.3) ? { score: 5 * draw.below(4) } : {}),
  ...(draw.chance(0.3) ? { stage: draw.pick(stages) } : {}),
});

const gaps = [20, 700, 3_000, 9_000, 40_000, 90_000, 200_000];

/** Each thing happens some while after a moment at which something was done, so that waits are met. */
const withHistory = (draw: Draw, quiet: Case, dice: Dice): Case => {
  let given = quiet;
  const count = 2 + draw.below(9);
  for (let i = 0; i < count; i++) {
    const { runs } = interpret(given, { timezone, dice, delays: [], order: 'first-first' });
    const from = Date.parse(given.happenings.at(-1)?.at ?? given.start);
    const moments = runs
      .flatMap(({ path }) => path.map(({ at }) => Date.parse(at)))
      .filter((at) => at >= from);
    const base = i === 0 ? from : draw.pick([from, ...moments]);
    const at = new Date(base + (draw.pick(gaps) + draw.below(600)) * 1000).toISOString();
    given = { ...given, happenings: [...given.happenings, someHappening(draw, given, at, i)] };
  }
  return given;
};

const stepsOf = (steps: readonly Step[]): Step[] =>
  steps.flatMap((step) => {
    const { branches, otherwise } = waysOf(step);
    return [step, ...branches.flatMap((way) => stepsOf(way.steps)), ...stepsOf(otherwise?.steps ?? [])];
  });

const someHappening = (draw: Draw, { journeys, start }: Case, at: string, i: number): Happening => {
  const steps = journeys.flatMap((journey) => stepsOf(journey.steps));
  const messages = steps.filter(({ type }) => type === 'email' || type === 'sms' || type === 'push');
  const tasks = steps.filter((step) => step.type === 'task' && step.outcomes);
  const properties = () => ({
    ...someProperties(draw),
    ...(draw.chance(0.4) ? { when: dateNear(draw, start) } : {}),
  });
  if (i === 0 || draw.chance(0.15)) return entrance(draw, journeys, at, properties());
  return draw.pick<() => Happening>([
    () => ({ at, event: draw.pick(events), properties: properties() }),
    () => ({ at, event: draw.pick([...events, ...entrances]), properties: properties() }),
    () => ({ at, form: draw.pick(forms), properties: properties() }),
    () => ({ at, identify: someTraits(draw, start) }),
    () => ({ at, edit: someUpdate(draw) }),
    ...(messages.length > 0
      ? Array.from({ length: 3 }, () => () => ({
          at,
          message: draw.pick(messages).id,
          was: draw.pick([
            'delivered',
            'opened',
            'opened',
            'clicked',
            'clicked',
            'bounced',
            'complained',
            'unsubscribed',
          ] as const),
          ...(draw.chance(0.15) ? { machine: true } : {}),
        }))
      : []),
    ...(tasks.length > 0
      ? Array.from({ length: 3 }, () => () => ({
          ...{ at, task: draw.pick(tasks).id, outcome: draw.pick(['yes', 'no', 'perhaps']) },
        }))
      : []),
  ])();
};

/** What lets the contact in. */
const entrance = (
  draw: Draw,
  journeys: readonly Journey[],
  at: string,
  properties: Properties,
): Happening => {
  const journey = draw.pick(journeys);
  const on = draw.pick(journey.enter.on);
  if ('event' in on) return { at, event: on.event, properties };
  if ('form' in on) return { at, form: on.form, properties };
  if ('tag' in on) return { at, identify: { tags: [on.tag] } };
  if ('date' in on) return { at, identify: { renewal: dateNear(draw, at) } };
  if ('manual' in on) return { at, enrol: journey.id, properties };
  return { at, edit: someUpdate(draw) };
};

const someTraits = (draw: Draw, start: string): Properties =>
  draw.pick<() => Properties>([
    () => ({ tags: [draw.pick(tags)] }),
    () => ({ plan: draw.pick(plans) }),
    () => ({ timezone: draw.pick(zones) }),
    () => ({ renewal: dateNear(draw, start) }),
    () => ({ consent: { [draw.pick(['email', 'sms', 'push', 'news'])]: draw.chance(0.3) } }),
    () => ({ score: 5 * draw.below(4) }),
  ])();
