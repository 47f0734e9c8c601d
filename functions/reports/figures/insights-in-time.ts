import { describeDuration } from '#kernel/durations';
import { plural } from '#kernel/words';
import { fewestRuns, rateOf } from '#policy/reports/evidence';
import { edgesUpTo } from '#policy/reports/spans';
import type { Plan, PlanNode } from '#statemachines/compile/plan';
import type { AnswerTimes } from './answer-times.ts';
import {
  interval,
  numbersOf,
  round,
  type StepFigures,
  type Suggestion,
  tellTest,
  testOf,
  told,
} from './suggestion.ts';
import type { Versions } from './versions.ts';

const length = (seconds: number): string => describeDuration(seconds * 1000);

/** What is said of a wait that listens, before and after what a test would take. */
interface Heard {
  told: string;
  isOpen: string;
  numbers: Record<string, number>;
}

/** A shorter wait is worth a word when it is surely enough for so many of the answers, and surely shorter. */
const mostAnswers = 0.9;
const shorterBy = 2 / 3;

/** What a shorter wait would have missed is a count; what it would have brought is not. */
const shorter = ({ waitSeconds, answers, unanswered, within }: AnswerTimes): Heard | undefined => {
  const enough = within.find(
    ({ seconds, ofAnswers }) => seconds <= waitSeconds * shorterBy && ofAnswers.low >= mostAnswers,
  );
  if (!enough || unanswered < fewestRuns) return undefined;
  const { seconds, count, ofAnswers } = enough;
  const [late, all] = [answers - count, answers + unanswered];
  const missed = rateOf(late, all);
  const [longer, short] = [length(waitSeconds - seconds), length(seconds)];
  return {
    told: `${count} of ${answers} answers came within ${short}: ${interval(ofAnswers)}. The wait goes on to ${length(waitSeconds)} for ${late} more, ${interval(missed)} of the ${all} who waited; the ${unanswered} who did not answer waited ${longer} longer.`,
    isOpen: `A wait of ${short} would have heard these ${count}: that is a count. Whether those who go on sooner reach the goal more often, and what the late ones would do elsewhere, it does not tell; a split with both waits would.`,
    numbers: {
      ...{ seconds, waitSeconds, answers, within: count, late, unanswered },
      ...{ share: round(ofAnswers.value ?? 0), low: round(ofAnswers.low), high: round(ofAnswers.high) },
      ...{ missed: round(missed.value ?? 0), missedLow: round(missed.low), missedHigh: round(missed.high) },
      longerSeconds: waitSeconds - seconds,
    },
  };
};

/** Surely more in the second half of the wait than this, and it seems to end too soon. */
const stillComing = 0.25;

const longer = ({ waitSeconds, answers, unanswered, within }: AnswerTimes): Heard | undefined => {
  const seconds = edgesUpTo(waitSeconds / 2).at(-1);
  if (seconds === undefined || unanswered < fewestRuns) return undefined;
  const late = answers - (within.findLast((each) => each.seconds <= seconds)?.count ?? 0);
  const rate = rateOf(late, answers);
  if (rate.low <= stillComing) return undefined;
  return {
    told: `Answers still come late in the wait of ${length(waitSeconds)}: ${late} of ${answers} came later than ${length(seconds)}, ${interval(rate)}; ${unanswered} did not answer in time.`,
    isOpen:
      'How many of these would have answered later was not seen, and whether it would be worth the time neither; a split with a longer wait in one arm would tell.',
    numbers: {
      ...{ waitSeconds, answers, unanswered, seconds, late },
      ...{ share: round(rate.value ?? 0), low: round(rate.low), high: round(rate.high) },
    },
  };
};

const unheard = ({ entered }: StepFigures, listens: boolean): Heard => ({
  told: `${entered} runs waited here.`,
  isOpen: listens
    ? 'When the answers came says nothing for a shorter wait and nothing for a longer one; what another would do for the goal a split in front of it would tell, with half the wait in one arm.'
    : 'Whether another wait would do better no count of this journey tells; a split in front of it with half the wait in one arm would.',
  numbers: { waited: entered },
});

/** What is known of another wait: when answers came. What it would do for the goal only a test can tell. */
export const ofWait = (node: PlanNode, step: StepFigures, rate: number): Suggestion[] => {
  if (node.kind !== 'wait' || step.entered < 5 * fewestRuns) return [];
  const times = step.answerTimes;
  const found = times && times.answers >= fewestRuns ? (shorter(times) ?? longer(times)) : undefined;
  const test = testOf(rate, step.perDay);
  if (!found && !test) return [];
  const { told: said, isOpen, numbers } = found ?? unheard(step, times !== undefined);
  return [
    {
      ...{ step: step.id, kind: 'try-a-wait', isCausal: false },
      text: `${said} ${isOpen} ${tellTest(test)}`,
      numbers: { ...numbers, ...numbersOf(test) },
    },
  ];
};

const mostChanges = 3;

const kindOf = (plan: Plan, { step, kind, text }: Versions['versions'][number]['changes'][number]) => {
  if (kind === 'moved') return 'try-an-order' as const;
  const isWait = step !== undefined && plan.nodes.get(step)?.kind === 'wait' && /\bwaits\b/.test(text);
  return isWait ? ('try-a-wait' as const) : ('try-a-split' as const);
};

/** The newest change after which the goal was surely reached more, or less, often than before it. */
export const ofVersions = (plan: Plan, found: Versions | undefined): Suggestion[] => {
  const { days = 0, versions = [] } = found ?? {};
  const known = versions.filter(({ rate }) => rate.of >= fewestRuns);
  for (const [i, after] of [...known.entries()].slice(1).reverse()) {
    const before = known[i - 1]!;
    const [better, worse] =
      (after.rate.value ?? 0) > (before.rate.value ?? 0) ? [after, before] : [before, after];
    if (better.rate.low <= worse.rate.high) continue;
    const changes = versions.filter(({ version }) => version > before.version && version <= after.version);
    return [ofPair(plan, { before, after, worse, changes: changes.flatMap((each) => each.changes), days })];
  }
  return [];
};

type Row = Versions['versions'][number];
interface Pair {
  before: Row;
  after: Row;
  worse: Row;
  changes: Row['changes'];
  days: number;
}

const ofPair = (plan: Plan, { before, after, worse, changes, days }: Pair): Suggestion => {
  const first = changes.find(({ step }) => step !== undefined && plan.nodes.has(step)) ?? changes[0];
  const said = changes.slice(0, mostChanges).map(({ text }) => text);
  const more = changes.length - said.length;
  const what = [...said, ...(more > 0 ? [`${plural(more, 'change')} more`] : [])].join('; ');
  const test = testOf(worse.rate.value ?? 0, 0);
  return {
    ...{ step: first?.step ?? '', kind: first ? kindOf(plan, first) : 'try-a-split', isCausal: false },
    text: `In version ${after.version} (${what}) ${told(after.rate)} reached the goal within ${plural(days, 'day')}, in version ${before.version} before it ${told(before.rate)}. They were other people at another time, so the change may not be the reason: a split with both as they were would tell. ${tellTest(test)}`,
    numbers: {
      ...{ version: after.version, rate: round(after.rate.value ?? 0), runs: after.rate.of },
      ...{ before: before.version, rateBefore: round(before.rate.value ?? 0), runsBefore: before.rate.of },
      ...{ days, ...(test && { perArm: test.perArm }) },
    },
  };
};
