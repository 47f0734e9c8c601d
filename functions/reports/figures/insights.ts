import { z } from 'zod';
import { fewestRuns, rateOf, samplesFor } from '#policy/reports/evidence';
import type { Plan, PlanNode } from '#statemachines/compile/plan';
import type { Evidence } from './evidence-of-step.ts';

const n = z.number();

export const suggestionSchema = z.object({
  step: z.string(),
  kind: z.enum(['keep-arm', 'go-on-testing', 'try-a-split', 'try-a-wait', 'try-an-order', 'mend']),
  text: z.string().describe('For the author, who alone applies it'),
  isCausal: z.boolean().describe('Whether the numbers show a cause, or only that two things go together'),
  numbers: z.record(z.string(), n),
});
export type Suggestion = z.output<typeof suggestionSchema>;

/** What is known of one step of the report. */
export interface StepFigures {
  id: string;
  entered: number;
  messages: number;
  sent: number;
  clicked: number;
  skipped: Readonly<Record<string, number>>;
  evidence?: Evidence | undefined;
  /** Runs that come by in a day, of late. */
  perDay: number;
}

const percent = (value: number): string => `${(100 * value).toFixed(value < 0.1 ? 1 : 0)} %`;
const told = ({
  value,
  low,
  high,
  of,
}: {
  value: number | null;
  low: number;
  high: number;
  of: number;
}): string =>
  value === null ? 'nobody came by' : `${percent(value)} (${percent(low)} to ${percent(high)}, ${of} runs)`;

const round = (value: number): number => Math.round(value * 10_000) / 10_000;

/** What a test would take: to see a fifth more of the rate there is, with two arms. */
const testOf = (rate: number, perDay: number) => {
  const perArm = rate > 0 && rate < 0.8 ? samplesFor(rate, rate * 1.2) : undefined;
  return perArm === undefined
    ? undefined
    : { perArm, ...(perDay > 0 && { days: Math.ceil((2 * perArm) / perDay) }) };
};
const tellTest = (test: ReturnType<typeof testOf>): string =>
  test === undefined
    ? 'How many runs a test needs cannot be said before somebody converts.'
    : `To see a fifth more, each of two arms needs ${test.perArm} runs${test.days === undefined ? '' : `, about ${test.days} days as things go`}.`;

const sure = 0.05;

const ofSplit = ({ id, evidence }: StepFigures): Suggestion[] => {
  if (!evidence?.isRandom || evidence.leader === undefined) return [];
  const leader = evidence.arms.find(({ branch }) => branch === evidence.leader)!;
  if (evidence.arms.some(({ rate }) => rate.of < fewestRuns)) return [];
  const all = evidence.arms.map(({ answer, rate }) => `"${answer}" ${told(rate)}`).join(', ');
  const numbers = {
    ...{ pValue: round(evidence.pValue), chanceToBeBest: round(leader.chanceToBeBest) },
    ...(evidence.samplesNeeded !== null && { samplesNeeded: evidence.samplesNeeded }),
  };
  const isSure = evidence.pValue < sure && evidence.samplesNeeded === 0;
  const text = isSure
    ? `By ${evidence.by}: ${all}. "${leader.answer}" did better (p = ${numbers.pValue}). Whoever looks every day finds a winner among equals in the end: let "winner" decide at planned looks, or give this arm all the weight when the number of runs you planned is reached.`
    : `By ${evidence.by}: ${all}. The difference may be chance (p = ${numbers.pValue}; "${leader.answer}" is best with probability ${percent(leader.chanceToBeBest)}).${evidence.samplesNeeded ? ` If it is real, it would show after ${evidence.samplesNeeded} more runs per arm.` : ''} Go on.`;
  return [{ step: id, kind: isSure ? 'keep-arm' : 'go-on-testing', text, isCausal: true, numbers }];
};

/** Branches whose intervals do not meet. Who took them was not drawn by lot, and that is said. */
const ofDecision = ({ id, evidence, perDay }: StepFigures): Suggestion[] => {
  if (!evidence || evidence.isRandom) return [];
  const known = evidence.arms.filter(({ rate }) => rate.of >= fewestRuns);
  const sorted = known.toSorted((a, b) => (b.rate.value ?? 0) - (a.rate.value ?? 0));
  const [best, worst] = [sorted[0], sorted.at(-1)];
  if (!best || !worst || best.rate.low <= worst.rate.high) return [];
  const share =
    worst.rate.of /
    Math.max(
      1,
      evidence.arms.reduce((sum, { rate }) => sum + rate.of, 0),
    );
  const test = testOf(worst.rate.value ?? 0, perDay * share);
  return [
    {
      step: id,
      kind: 'try-a-split',
      isCausal: false,
      text: `Of those who took "${best.answer}" ${told(best.rate)} converted, of "${worst.answer}" ${told(worst.rate)}. That does not say that the branch is better: nobody was drawn by lot, and those who take "${worst.answer}" may be other people. What would tell: a split within "${worst.answer}", one arm as it is and one with what "${best.answer}" does. ${tellTest(test)}`,
      numbers: {
        ...{ best: round(best.rate.value ?? 0), worst: round(worst.rate.value ?? 0) },
        ...(test && { perArm: test.perArm, ...(test.days !== undefined && { days: test.days }) }),
      },
    },
  ];
};

/** Nothing here tells what another wait would do; only a test can. */
const ofWait = (node: PlanNode, { id, entered, perDay }: StepFigures, rate: number): Suggestion[] => {
  if (node.kind !== 'wait' || entered < 5 * fewestRuns) return [];
  const test = testOf(rate, perDay);
  if (!test) return [];
  return [
    {
      step: id,
      kind: 'try-a-wait',
      isCausal: false,
      text: `${entered} runs waited here. Whether another wait would do better no count of this journey tells; a split in front of it with half the wait in one arm would. ${tellTest(test)}`,
      numbers: { waited: entered, perArm: test.perArm, ...(test.days !== undefined && { days: test.days }) },
    },
  ];
};

const mostSkipped = 0.2;
const ofMessage = ({ id, messages, skipped }: StepFigures): Suggestion[] => {
  if (messages < fewestRuns) return [];
  return Object.entries(skipped)
    .map(([reason, count]) => ({ reason, rate: rateOf(count, messages) }))
    .filter(({ reason, rate }) => reason !== 'holdout' && reason !== 'condition' && rate.low > mostSkipped)
    .map(({ reason, rate }) => ({
      ...{ step: id, kind: 'mend' as const, isCausal: true },
      text: `${told(rate)} of its messages were not sent for one reason: ${reason}. That is a count, not a guess.`,
      numbers: { share: round(rate.value ?? 0), messages },
    }));
};

/** A later message that is clicked more often than an earlier one: perhaps it should come first. */
const ofOrder = (plan: Plan, figures: ReadonlyMap<string, StepFigures>): Suggestion[] => {
  const sequences = [
    plan.steps,
    ...[...plan.nodes.values()].flatMap(({ branches }) => branches.map(({ steps }) => steps)),
  ];
  return sequences.flatMap((sequence) => {
    const sent = sequence
      .map(({ id }) => figures.get(id))
      .filter((step) => step !== undefined && step.sent >= fewestRuns) as StepFigures[];
    return sent.slice(1).flatMap((later, i) => {
      const earlier = sent[i]!;
      const [before, after] = [rateOf(earlier.clicked, earlier.sent), rateOf(later.clicked, later.sent)];
      if (after.low <= before.high) return [];
      const test = testOf(before.value ?? 0, earlier.perDay);
      return [
        {
          ...{ step: later.id, kind: 'try-an-order' as const, isCausal: false },
          text: `"${later.id}" was clicked by ${told(after)}, "${earlier.id}" before it by ${told(before)}. Those who got this far are others than those who began, so that does not say that it should come first; a split with both orders would. ${tellTest(test)}`,
          numbers: {
            later: round(after.value ?? 0),
            earlier: round(before.value ?? 0),
            ...(test && { perArm: test.perArm }),
          },
        },
      ];
    });
  });
};

const mostWaits = 3;

/** Text with its numbers, in the order of the tree. Nothing here changes anything. */
export const suggestionsOf = (plan: Plan, steps: readonly StepFigures[], rate: number): Suggestion[] => {
  const figures = new Map(steps.map((step) => [step.id, step]));
  const waits = [...plan.nodes.values()]
    .flatMap((node) => ofWait(node, figures.get(node.id) ?? nothing, rate))
    .slice(0, mostWaits);
  const others = steps.flatMap((step) => [...ofSplit(step), ...ofDecision(step), ...ofMessage(step)]);
  return [...others, ...ofOrder(plan, figures), ...waits];
};

const nothing: StepFigures = { id: '', entered: 0, messages: 0, sent: 0, clicked: 0, skipped: {}, perDay: 0 };
