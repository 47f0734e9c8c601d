import type { AwaitedTrigger, Trigger } from '#conditions/triggers';
import type { Journey } from '#statemachines/document/schema';
import { asTrigger, isTrue, segmentsNow, tellsOf } from './ask.ts';
import { readPath } from './conditions.ts';
import { viewOf } from './contact.ts';
import { milliseconds } from './durations.ts';
import { type Heard, iso, type Life, type Run } from './people.ts';
import { end, take, walk } from './steps.ts';
import { readTree } from './tree.ts';

/** Is this what was meant? */
const isMeant = (
  on: Trigger | AwaitedTrigger,
  event: Heard,
  run: Run | undefined,
  journey: string,
): boolean => {
  if ('event' in on) return event.type === 'track' && event.name === on.event;
  if ('form' in on) return event.type === 'form' && event.name === on.form;
  if ('tag' in on) return event.change.tagsAdded.includes(on.tag);
  if ('segment' in on) return event.change[on.when === 'enters' ? 'entered' : 'left'].includes(on.segment);
  if ('manual' in on) return event.type === 'manual' && event.name === journey;
  if ('message' in on) return run !== undefined && tellsOf(event, run, on.message, on.was);
  return false;
};

/** What the event made of the contact is known; now everybody hears of it. */
export const hear = (life: Life, event: Heard): void => {
  const before = life.inSegments;
  life.heard.push(event);
  life.inSegments = segmentsNow(life);
  event.change.entered = [...life.inSegments].filter((id) => !before.has(id));
  event.change.left = [...before].filter((id) => !life.inSegments.has(id));
  for (const run of life.runs) if (run.name.cause !== event.cause) listen(life, run, event);
  if (event.depth <= 8) for (const journey of life.house.journeys) enter(life, journey, event);
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
  for (const run of life.runs)
    if (!run.ended && !run.waiting && !run.isWalking) walk(life, run, () => afterStep(life));
  if (life.runs.every(({ isWalking }) => !isWalking)) while (hearFirst(life, () => true));
};

/** The goal first, then the exit rules in their order, then the wait. */
const listen = (life: Life, run: Run, event: Heard): void => {
  const { goal, exit = [] } = run.document;
  if (run.ended && run !== lastOf(life, run)) return;
  if (goal && isMeant(goal.on, event, run, run.name.journey) && isWithin(run, goal.within, event.at)) {
    run.converted ??= iso(event.at);
    if (!run.ended && goal.exit !== false) return end(life, run, { how: 'goal' });
  }
  if (run.ended) return;
  for (const rule of exit) {
    if (rule.on && !isMeant(rule.on, event, run, run.name.journey)) continue;
    if (isTrue(life, rule.if, run, rule.on ? event : undefined)) return end(life, run, { how: 'exited' });
  }
  answerFrom(life, run, [event]);
};

const isWithin = ({ startedAt }: Run, within: string | undefined, at: number): boolean =>
  within === undefined || at <= startedAt + milliseconds(within);

/** The last run of the journey and key may convert when it is over. */
const lastOf = ({ runs }: Life, { name }: Run): Run | undefined =>
  runs.findLast((run) => run.name.journey === name.journey && run.name.key === name.key);

/** The first of these that is waited for wins. */
export const answerFrom = (life: Life, run: Run, events: readonly Heard[]): void => {
  const { waiting } = run;
  if (!waiting || (waiting.kind !== 'waitFor' && waiting.kind !== 'task')) return;
  const { step } = run.tree.get(waiting.step)!;
  const since = sinceOf(run, 'since' in step ? step.since : undefined);
  for (const event of events) {
    if (event.cause === run.name.cause || event.at < since) continue;
    const answer = answerOf(life, run, event);
    if (answer === undefined) continue;
    waiting.entry!.answer = answer;
    run.waiting = undefined;
    take(run, step, answer);
    return;
  }
};

const sinceOf = (run: Run, step: string | undefined): number => {
  const reached = run.path.findLast((visit) => visit.step === step)?.at;
  return reached === undefined ? run.startedAt : Date.parse(reached);
};

const answerOf = (life: Life, run: Run, event: Heard): number | undefined => {
  const { step } = run.tree.get(run.waiting!.step)!;
  if (step.type === 'task') {
    const { task } = event;
    const isThis = task?.run === run && task.step === step.id && task.visit === run.visit;
    return isThis ? (step.branches ?? []).findIndex(({ answer }) => answer === task.outcome) : undefined;
  }
  if (step.type !== 'waitFor') return undefined;
  const answer = step.branches.findIndex(
    (branch) => isMeant(branch.on, event, run, run.name.journey) && isTrue(life, branch.if, run, event),
  );
  return answer < 0 ? undefined : answer;
};

const enter = (life: Life, journey: Journey, event: Heard): void => {
  const { on, if: condition, again = 'never', key: path } = journey.enter;
  const isHandedOver = event.handedBy !== undefined && event.name === journey.id;
  if (!isHandedOver && !on.some((each) => isMeant(each, event, undefined, journey.id))) return;
  const refuse = (reason: string): void => {
    if (isHandedOver) event.handedBy!.skipped = reason;
  };
  const key =
    path === undefined ? '' : readPath({ trigger: asTrigger(event), contact: viewOf(life.contact) }, path);
  if (path !== undefined && (key === '' || !['string', 'number', 'boolean'].includes(typeof key)))
    return refuse('no-key');
  if (!isTrue(life, condition, undefined, event)) return refuse('condition');
  const name = { journey: journey.id, key: String(key), cause: event.cause };
  const refusal = refuseAgain(life, name, again);
  if (refusal) return refuse(refusal);
  const run: Run = {
    ...{ name, document: journey, tree: readTree(journey), startedAt: event.at, trigger: asTrigger(event) },
    ...{
      depth: event.depth,
      at: journey.steps[0]?.id,
      visit: 1,
      jumps: {},
      waitedUntil: {},
      isWalking: false,
      path: [],
    },
  };
  life.runs.push(run);
  for (const rule of journey.exit ?? [])
    if (!rule.on && !run.ended && isTrue(life, rule.if, run)) end(life, run, { how: 'exited' });
};

const refuseAgain = (
  life: Life,
  { journey, key }: { journey: string; key: string },
  again: NonNullable<Journey['enter']['again']>,
): string | undefined => {
  const before = life.runs.filter(({ name }) => name.journey === journey && name.key === key);
  const last = before.at(-1);
  if (!last) return undefined;
  if (!last.ended) return 'already-active';
  if (again === 'always') return undefined;
  if (again === 'never') return 'never-again';
  if (again.atMost !== undefined && before.length >= again.atMost) return 'too-often';
  return life.now < last.startedAt + milliseconds(again.after) ? 'too-soon' : undefined;
};
