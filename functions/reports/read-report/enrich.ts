import { rateOf } from '#policy/reports/evidence';
import { quantileOf, relativeError } from '#policy/reports/sketch';
import type { Plan, PlanNode } from '#statemachines/compile/plan';
import { type AnswerTimes, answerTimesOf, listeningSeconds } from '../figures/answer-times.ts';
import { evidenceOf } from '../figures/evidence-of-step.ts';
import { suggestionsOf } from '../figures/insights.ts';
import type { StepFigures } from '../figures/suggestion.ts';
import { after, type Sums, sketchOf, tidy } from '../figures/sums.ts';
import { daysToGoal, type Versions, versionsOf } from '../figures/versions.ts';
import { counterName } from '../fold-counts/rows.ts';
import type { Edition } from './editions.ts';
import type { Report, StepReport } from './report.ts';
import type { Settled } from './settled.ts';

export interface Facts {
  plan: Plan;
  hasGoal: boolean;
  /** Of the journey, in the range. */
  sums: Sums;
  /** Of its links and readers. */
  links: Sums;
  /** The versions that are compared, oldest first. */
  editions: readonly Edition[];
  settled: Settled;
  /** So many days back all is known by the day. */
  mostDays: number;
  /** Runs that came to a step on an average day of late. */
  perDay: (step: string) => number;
}

const mostLinks = 50;

const linksOf = ({ links }: Facts, step: string): StepReport['links'] => {
  const found = [...after(links, counterName(step, 'clicked', ''))]
    .map(([link, people]) => ({ link, people }))
    .sort((a, b) => b.people - a.people);
  return found.length === 0 ? undefined : found.slice(0, mostLinks);
};

const templateOf = ({ plan }: Facts, step: string): string | undefined => {
  const found = plan.nodes.get(step)?.step;
  return found && 'template' in found && typeof found.template === 'string' ? found.template : undefined;
};

/** Of versions in which the step waits as long as in the newest. */
const timesOf = ({ editions, settled, mostDays }: Facts, node: PlanNode): AnswerTimes | undefined => {
  const seconds = listeningSeconds(node) ?? Number.POSITIVE_INFINITY;
  const days = Math.ceil(seconds / 86_400);
  if (days > mostDays) return undefined;
  const alike = editions.filter(({ plan }) => {
    const other = plan.nodes.get(node.id);
    return other && listeningSeconds(other) === seconds;
  });
  return answerTimesOf(
    node,
    settled(
      days,
      alike.map(({ version }) => version),
    ),
  );
};

const versionsIn = ({ editions, settled, mostDays, sums, hasGoal }: Facts): Versions | undefined => {
  if (!hasGoal || editions.length < 2) return undefined;
  const days = daysToGoal(sums, mostDays);
  return versionsOf(editions, (version) => settled(days, [version]), days);
};

const enrichStep = (facts: Facts, step: StepReport): StepReport => {
  const { sums, plan, hasGoal } = facts;
  const node = plan.nodes.get(step.id);
  const evidence = node && evidenceOf(node, sums, hasGoal);
  const answerTimes = node && timesOf(facts, node);
  const links = linksOf(facts, step.id);
  const template = templateOf(facts, step.id);
  const unsubscribed = facts.links.get(counterName(step.id, 'unsubscribed'));
  return {
    ...step,
    answers: step.answers.map((answer) => ({
      ...answer,
      share: rateOf(answer.count, step.entered),
      ...(hasGoal && { goal: rateOf(answer.converted, answer.count) }),
    })),
    ...(template !== undefined && { template }),
    ...(links && { links }),
    ...(unsubscribed !== undefined && { unsubscribed }),
    ...(evidence && { evidence }),
    ...(answerTimes && { answerTimes }),
  };
};

const timeOf = (sums: Sums): Report['timeToConvert'] => {
  const sketch = sketchOf(sums, counterName('', 'convertedAfter', ''));
  const count = [...sketch.values()].reduce((a, b) => a + b, 0);
  if (count === 0) return undefined;
  const [medianSeconds, p90Seconds] = [0.5, 0.9].map((q) => Math.round(quantileOf(sketch, q)! / 1000)) as [
    number,
    number,
  ];
  return { count, medianSeconds, p90Seconds, relativeError };
};

const figuresOf = ({ sums, perDay }: Facts, step: StepReport): StepFigures => ({
  ...{ id: step.id, entered: step.entered, sent: step.sent, clicked: step.clicked, skipped: step.skipped },
  messages: sums.get(counterName(step.id, 'messages')) ?? 0,
  evidence: step.evidence,
  answerTimes: step.answerTimes,
  perDay: perDay(step.id),
});

/** What the counts say beyond themselves: rates with their intervals, times, evidence and suggestions. */
export const enrich = (report: Report, facts: Facts): Report => {
  const steps = report.steps.map((step) => enrichStep(facts, step));
  const rate = rateOf(report.converted, report.entered);
  const time = timeOf(facts.sums);
  const versions = versionsIn(facts);
  return {
    ...report,
    value: tidy(report.value),
    ...(facts.hasGoal && { conversion: rate }),
    ...(time && { timeToConvert: time }),
    ...(versions && { byVersion: versions }),
    suggestions: suggestionsOf({
      ...{ plan: facts.plan, rate: rate.value ?? 0, versions },
      steps: steps.map((step) => figuresOf(facts, step)),
    }),
    steps,
  };
};
