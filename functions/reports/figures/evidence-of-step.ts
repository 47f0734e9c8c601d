import * as z from 'zod';
import { countArms, type TestStep } from '#functions/journeys/decide-winner/count-arms';
import { compareArms } from '#policy/reports/evidence';
import type { PlanNode } from '#statemachines/compile/plan';
import { counterName } from '../fold-counts/rows.ts';
import { rateSchema } from './overview.ts';
import type { Sums } from './sums.ts';

const n = z.number();

export const evidenceSchema = z
  .object({
    by: z.enum(['goal', 'clicked', 'opened']).describe('What the branches are compared by'),
    isRandom: z
      .boolean()
      .describe(
        'Drawn by lot (a split): a difference is one of the arms. Otherwise different people took different ways, and a difference may be theirs',
      ),
    arms: z.array(
      z.object({
        ...{ branch: n, answer: z.string(), rate: rateSchema },
        chanceToBeBest: n.describe('Probability that its true rate is the highest, given these counts alone'),
        holdout: z.boolean().optional(),
      }),
    ),
    leader: n.optional().describe('Branch with the highest rate'),
    pValue: n.describe(
      'Of the leader against the closest other: two-sided, two proportions; 1: too little to say',
    ),
    samplesNeeded: n
      .nullable()
      .describe('More runs per arm until a difference as large as this would show; null: there is none'),
  })
  .describe('How its branches did, and how sure one may be');
export type Evidence = z.output<typeof evidenceSchema>;

const isTest = (step: PlanNode['step']): step is TestStep =>
  step?.type === 'split' && step.winner !== undefined;

/** Undefined where a step has no branches, or nothing to compare them by. */
export const evidenceOf = (node: PlanNode, sums: Sums, hasGoal: boolean): Evidence | undefined => {
  const { id, step, branches } = node;
  if (branches.length < 2 || node.form.jump) return undefined;
  const isRandom = step?.type === 'split';
  const by = isTest(step) ? step.winner.by : 'goal';
  if (by === 'goal' && !hasGoal) return undefined;
  const holdouts = new Set(
    step?.type === 'split' ? step.arms.flatMap(({ holdout }, i) => (holdout ? [i] : [])) : [],
  );
  const counted = isTest(step)
    ? countArms(step, sums)
    : branches.map(({ index: branch }) => ({
        branch,
        runs: sums.get(counterName(id, 'answer', branch)) ?? 0,
        successes: sums.get(counterName(id, 'answerConverted', branch)) ?? 0,
      }));
  const answerOf = (branch: number): string => branches.find(({ index }) => index === branch)?.answer ?? '';
  const compared = compareArms(counted.map((arm) => ({ ...arm, answer: answerOf(arm.branch) })));
  const arms = compared.arms.map((arm) => ({ ...arm, ...(holdouts.has(arm.branch) && { holdout: true }) }));
  return { by, isRandom, ...compared, arms };
};
