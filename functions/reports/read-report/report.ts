import * as z from 'zod';
import { journeyPauseSchema } from '#model/journey-pause';
import { otherwise } from '#statemachines/compile/form';
import type { Plan, PlanNode } from '#statemachines/compile/plan';
import type { Trial } from '#store/runs/trials';
import { answerTimesSchema } from '../figures/answer-times.ts';
import { evidenceSchema } from '../figures/evidence-of-step.ts';
import { rateSchema } from '../figures/overview.ts';
import { rangeSchema } from '../figures/range.ts';
import { suggestionSchema } from '../figures/suggestion.ts';
import { addUp, after, type Sums } from '../figures/sums.ts';
import { versionsSchema } from '../figures/versions.ts';
import { counterName } from '../fold-counts/rows.ts';

const number = z.number();
const linkSchema = z.object({ link: z.string(), people: number });
const byReason = z.record(z.string(), number);

const winnerSchema = z.object({
  by: z.enum(['goal', 'clicked', 'opened']),
  looks: number.describe('So often the arms were compared'),
  decided: z
    .object({
      answer: z.string(),
      branch: number,
      at: z.string(),
      pValue: number.describe('Two-sided, against the closest other arm; z-test of two proportions'),
      arms: z.array(z.object({ branch: number, runs: number, successes: number })),
    })
    .optional()
    .describe('Until then the arms keep their weights'),
});

const stepSchema = z.object({
  id: z.string(),
  type: z.string(),
  name: z.string(),
  entered: number,
  waiting: number,
  sent: number,
  delivered: number,
  opened: number,
  clicked: number,
  bounced: number,
  complained: number,
  converted: number,
  exited: number,
  indeterminate: number,
  held: byReason.describe('Messages that wait for a time at which they may be sent'),
  skipped: byReason,
  failed: byReason,
  unsubscribed: number.optional(),
  template: z.string().optional().describe('Of a message, as the newest version has it'),
  links: z
    .array(linkSchema)
    .optional()
    .describe('Links that people clicked, without their query; once per message'),
  answers: z.array(
    z.object({
      ...{ answer: z.string(), branch: number, count: number, converted: number },
      share: rateSchema.optional().describe('Of those who came to the step'),
      goal: rateSchema.optional().describe('Of those who took it, who converted'),
    }),
  ),
  evidence: evidenceSchema.optional().describe('Of a step with branches, where they can be compared'),
  answerTimes: answerTimesSchema.optional(),
  winner: winnerSchema.optional().describe('Of a split that looks for one, in the newest version'),
});

/** Answer of `GET /v1/journeys/{id}/report`. */
export const reportSchema = z.object({
  journey: z.string(),
  owner: z.enum(['folder', 'api']).optional().describe("Who may change it: the client's folder, or the API"),
  versions: z.array(z.number()),
  range: rangeSchema
    .optional()
    .describe('Runs that began on these days, and visits and messages of them; all when left out'),
  paused: journeyPauseSchema.optional(),
  entered: number,
  refused: byReason.describe('Contacts that a trigger meant and the rules of entering did not let in'),
  active: number,
  ended: byReason.describe('By how: completed, exited, goal, failed, erased'),
  converted: number,
  value: number,
  conversion: rateSchema.optional().describe('Of those who entered, who reached the goal until now'),
  timeToConvert: z
    .object({ count: number, medianSeconds: number, p90Seconds: number, relativeError: number })
    .optional()
    .describe('From entering to the goal; read from buckets, right to `relativeError`'),
  byVersion: versionsSchema.optional(),
  suggestions: z.array(suggestionSchema).optional().describe('Applied by nobody but the author'),
  steps: z.array(stepSchema).describe('In the order of the newest version; steps of older ones after it'),
  leaves: z.array(
    z.object({ id: z.string(), step: z.string().optional(), answer: z.string().optional(), count: number }),
  ),
});
export type Report = z.output<typeof reportSchema>;
export type StepReport = Report['steps'][number];

/** Counters of one step by what follows `<step>|<what>|`. */
const which = (sums: Sums, step: string, what: string): Record<string, number> =>
  Object.fromEntries(after(sums, counterName(step, what, '')));

/**
 * A task has a record of its own and one of the message to the team: the visit is the same. Any other step has
 * one of both, a message whose `if` was not met the former.
 */
const entered = (sums: Sums, step: string, type: string): number => {
  const [visits, messages] = ['entered', 'messages'].map(
    (what) => sums.get(counterName(step, what)) ?? 0,
  ) as [number, number];
  return type === 'task' || type === '' ? Math.max(visits, messages) : visits + messages;
};

type StepName = Pick<StepReport, 'id' | 'type' | 'name'> & {
  branches: readonly { answer: string; index: number }[];
};

const stepReport = (sums: Sums, { id, type, name, branches }: StepName): StepReport => {
  const count = (what: string, of?: number): number => sums.get(counterName(id, what, of)) ?? 0;
  return {
    id,
    type,
    name,
    entered: entered(sums, id, type),
    waiting: count('waiting'),
    sent: count('sent'),
    delivered: count('delivered'),
    opened: count('opened'),
    clicked: count('clicked'),
    bounced: count('bounced'),
    complained: count('complained'),
    converted: count('converted'),
    exited: count('exited'),
    indeterminate: count('indeterminate'),
    held: which(sums, id, 'held'),
    skipped: which(sums, id, 'skipped'),
    failed: which(sums, id, 'failed'),
    answers: branches.map(({ answer, index }) => ({
      answer,
      branch: index,
      count: count('answer', index),
      converted: count('answerConverted', index),
    })),
  };
};

/** Steps that only older versions had, by the counters they left. */
const formerSteps = (sums: Sums, known: ReadonlySet<string>): StepName[] => {
  const ids = new Set([...sums.keys()].map((name) => name.slice(0, name.indexOf('|'))));
  return [...ids]
    .filter((id) => id !== '' && !known.has(id))
    .sort()
    .map((id) => ({
      id,
      type: '',
      name: id,
      branches: Object.keys(which(sums, id, 'answer')).map((index) => ({
        answer: `branch ${index}`,
        index: Number(index),
      })),
    }));
};

const leafCount = (sums: Sums, plan: Plan, { step, answer }: Plan['leaves'][number]): number => {
  if (step === undefined) return sums.get(counterName('', 'ended', 'completed')) ?? 0;
  if (answer === undefined) return sums.get(counterName(step, 'exited')) ?? 0;
  const branch = plan.nodes.get(step)?.branches.find((b) => b.answer === answer);
  if (branch) return sums.get(counterName(step, 'answer', branch.index)) ?? 0;
  return Object.values(which(sums, step, 'skipped')).reduce((a, b) => a + b, 0);
};

/** A `goto` has no branches, but answers: how often it was taken, and how often no more. */
const withRounds = (node: PlanNode): StepName => {
  if (!node.form.jump) return node;
  const branches = [
    { answer: 'again', index: 0 },
    { answer: 'limit reached', index: otherwise },
  ];
  return { ...node, branches };
};

const isStep = (node: PlanNode): boolean => node.type !== '';

const winnerOf = ({ step, branches }: PlanNode, trial: Trial | undefined): StepReport['winner'] => {
  if (step?.type !== 'split' || !step.winner) return undefined;
  const { decided } = trial ?? {};
  const answer = branches.find(({ index }) => index === decided?.branch)?.answer ?? '';
  return {
    by: step.winner.by,
    looks: trial?.looks ?? 0,
    ...(decided && { decided: { answer, ...decided } }),
  };
};

/** @param plan of the newest published version, and @param trials its tests by step */
export const createReport = (
  plan: Plan,
  versions: ReadonlyMap<number, Sums>,
  trials: ReadonlyMap<string, Trial> = new Map(),
): Report => {
  const sums = addUp(versions.values());
  const count = (what: string): number => sums.get(counterName('', what)) ?? 0;
  const nodes: StepName[] = [...plan.nodes.values()].filter(isStep).map(withRounds);
  const all = [...nodes, ...formerSteps(sums, new Set(nodes.map(({ id }) => id)))];
  return {
    journey: plan.journey.id,
    versions: [...versions.keys()].sort((a, b) => a - b),
    entered: count('entered'),
    refused: which(sums, '', 'refused'),
    active: count('active'),
    ended: which(sums, '', 'ended'),
    converted: count('converted'),
    value: count('value'),
    steps: all.map((step) => {
      const node = plan.nodes.get(step.id);
      const winner = node && winnerOf(node, trials.get(step.id));
      return { ...stepReport(sums, step), ...(winner && { winner }) };
    }),
    leaves: plan.leaves.map((leaf) => ({ ...leaf, count: leafCount(sums, plan, leaf) })),
  };
};
