import { fewestRuns, rateOf } from '#policy/reports/evidence';
import type { Plan } from '#statemachines/compile/plan';
import { ofVersions, ofWait } from './insights-in-time.ts';
import {
  numbersOf,
  percent,
  round,
  type StepFigures,
  type Suggestion,
  tellTest,
  testOf,
  told,
} from './suggestion.ts';
import type { Versions } from './versions.ts';

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
        ...numbersOf(test),
      },
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
            ...numbersOf(test),
          },
        },
      ];
    });
  });
};

const mostWaits = 3;

export interface Known {
  plan: Plan;
  steps: readonly StepFigures[];
  /** Of all who entered, who reached the goal. */
  rate: number;
  versions?: Versions | undefined;
}

/** Text with its numbers, in the order of the tree. Nothing here changes anything. */
export const suggestionsOf = ({ plan, steps, rate, versions }: Known): Suggestion[] => {
  const figures = new Map(steps.map((step) => [step.id, step]));
  const waits = [...plan.nodes.values()]
    .flatMap((node) => ofWait(node, figures.get(node.id) ?? nothing, rate))
    .slice(0, mostWaits);
  const others = steps.flatMap((step) => [...ofSplit(step), ...ofDecision(step), ...ofMessage(step)]);
  return [...others, ...ofOrder(plan, figures), ...waits, ...ofVersions(plan, versions)];
};

const nothing: StepFigures = { id: '', entered: 0, messages: 0, sent: 0, clicked: 0, skipped: {}, perDay: 0 };
