import type { Journey } from '#statemachines/document/schema';
import { asTrigger, isTrue, segmentsNow } from './ask.ts';
import { readPath } from './conditions.ts';
import { viewOf } from './contact.ts';
import { milliseconds } from './durations.ts';
import { answerFrom, end, isMeant } from './listen.ts';
import { type Heard, iso, type Life, type Run } from './people.ts';
import { walk } from './steps.ts';
import type { RunName } from './story.ts';
import { readTree } from './tree.ts';

/** What the event made of the contact is known; now everybody hears of it. */
export const hear = (life: Life, event: Heard): void => {
  const before = life.inSegments;
  if (!life.heard.includes(event)) life.heard.push(event);
  life.inSegments = segmentsNow(life);
  event.change.entered = [...life.inSegments].filter((id) => !before.has(id));
  event.change.left = [...before].filter((id) => !life.inSegments.has(id));
  for (const run of life.runs) if (run.name.cause !== event.cause) listen(life, run, event);
  if (event.depth <= 8)
    for (const journey of life.house.journeys) {
      enter(life, journey, event);
      if (life.house.order === 'as-they-enter') rest(life);
    }
  rest(life);
};

const hearFirst = (life: Life, isDue: (delay: number) => boolean): boolean => {
  const index = life.pending.findIndex(({ delay }) => isDue(delay));
  if (index >= 0) hear(life, life.pending.splice(index, 1)[0]!.event);
  return index >= 0;
};

/** A step was taken: what of our own is due is heard. */
const afterStep = (life: Life): void => {
  while (hearFirst(life, (delay) => delay <= 0));
  for (const own of life.pending) own.delay--;
};

/** Everybody goes on until all wait. */
export const rest = (life: Life): void => {
  const { order } = life.house;
  const most = order === 'in-turn' ? 1 : Number.POSITIVE_INFINITY;
  for (let going = goingOn(life); going.length > 0; going = goingOn(life))
    for (const run of order === 'last-first' ? going.toReversed() : going)
      walk(life, run, most, () => afterStep(life));
  if (life.runs.every(({ isWalking }) => !isWalking)) while (hearFirst(life, () => true));
};

const goingOn = ({ runs }: Life): Run[] =>
  runs.filter(({ ended, waiting, isWalking }) => !ended && !waiting && !isWalking);

/** The goal first, then the exit rules in their order, then the wait. */
const listen = (life: Life, run: Run, event: Heard): void => {
  if (run.ended && run !== lastOf(life, run)) return;
  if (isGoal(run, event)) {
    run.converted ??= iso(event.at);
    if (run.document.goal?.exit !== false && !run.ended) end(life, run, { how: 'goal' });
  }
  if (!run.ended && isLeft(life, run, event)) end(life, run, { how: 'exited' });
  if (!run.ended) answerFrom(life, run, [event]);
};

const isGoal = (run: Run, event: Heard): boolean => {
  const { goal } = run.document;
  if (!goal || !isMeant(goal.on, event, run, run.name.journey)) return false;
  return goal.within === undefined || event.at <= run.startedAt + milliseconds(goal.within);
};

const isLeft = (life: Life, run: Run, event: Heard): boolean =>
  (run.document.exit ?? []).some(
    ({ on, if: condition }) =>
      (!on || isMeant(on, event, run, run.name.journey)) &&
      isTrue(life, condition, run, on ? event : undefined),
  );

/** The last run of the journey and key may convert when it is over. */
const lastOf = ({ runs }: Life, { name }: Run): Run | undefined =>
  runs.findLast((run) => run.name.journey === name.journey && run.name.key === name.key);

const enter = (life: Life, journey: Journey, event: Heard): void => {
  const isHandedOver = event.handedBy !== undefined && event.name === journey.id;
  if (!isHandedOver && !journey.enter.on.some((on) => isMeant(on, event, undefined, journey.id))) return;
  const name = { journey: journey.id, key: keyOf(life, journey, event), cause: event.cause };
  const refusal = refuse(life, journey, event, name);
  if (refusal === undefined) begin(life, journey, event, name);
  else if (isHandedOver) event.handedBy!.skipped = refusal;
};

/** Nothing where it cannot be told. */
const keyOf = (life: Life, { enter: { key: path } }: Journey, event: Heard): string => {
  if (path === undefined) return '';
  const key = readPath({ trigger: asTrigger(event), contact: viewOf(life.contact) }, path);
  return ['string', 'number', 'boolean'].includes(typeof key) ? String(key) : '';
};

const refuse = (life: Life, { enter: rules }: Journey, event: Heard, name: RunName): string | undefined => {
  if (rules.key !== undefined && name.key === '') return 'no-key';
  if (!isTrue(life, rules.if, undefined, event)) return 'condition';
  return refuseAgain(life, name, rules.again ?? 'never');
};

const begin = (life: Life, journey: Journey, event: Heard, name: RunName): void => {
  const run: Run = {
    ...{ name, document: journey, tree: readTree(journey), startedAt: event.at, trigger: asTrigger(event) },
    ...{ depth: event.depth, at: journey.steps[0]?.id, visit: 1, jumps: {}, waitedUntil: {} },
    ...{ isWalking: false, path: [] },
  };
  life.runs.push(run);
  const isOver = (journey.exit ?? []).some((rule) => !rule.on && isTrue(life, rule.if, run));
  if (isOver) end(life, run, { how: 'exited' });
};

const refuseAgain = (
  life: Life,
  { journey, key }: RunName,
  again: NonNullable<Journey['enter']['again']>,
): string | undefined => {
  const before = life.runs.filter(({ name }) => name.journey === journey && name.key === key);
  const last = before.at(-1);
  if (!last) return undefined;
  if (!last.ended) return 'already-active';
  // By its own steps in this very instant: whether it was over before is not for anybody to say.
  const byItself = last.ended.how === 'completed' || last.ended.step !== undefined;
  if (byItself && last.ended.at === iso(life.now)) life.isTied = true;
  if (again === 'always') return undefined;
  if (again === 'never') return 'never-again';
  if (again.atMost !== undefined && before.length >= again.atMost) return 'too-often';
  return life.now < last.startedAt + milliseconds(again.after) ? 'too-soon' : undefined;
};
