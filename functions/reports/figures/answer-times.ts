import * as z from 'zod';
import { rateOf } from '#policy/reports/evidence';
import { edgesUpTo } from '#policy/reports/spans';
import { otherwise } from '#statemachines/compile/form';
import type { PlanNode } from '#statemachines/compile/plan';
import { counterName } from '../fold-counts/rows.ts';
import { rateSchema } from './overview.ts';
import { type Sums, sketchOf } from './sums.ts';

const n = z.number();

export const answerTimesSchema = z
  .object({
    waitSeconds: n.describe('How long it waits at most'),
    answers: n.describe('That came while it waited; what had happened before is none of them'),
    unanswered: n.describe('Runs that waited for all of the time'),
    within: z.array(
      z.object({
        ...{ seconds: n, count: n.describe('Answers until then') },
        ofAnswers: rateSchema.describe('Of the answers'),
        ofAll: rateSchema.describe('Of those who began to wait'),
      }),
    ),
  })
  .describe(
    'Of a wait that listens: how soon the answers came, of runs whose wait is over, in versions with a wait of this length',
  );
export type AnswerTimes = z.output<typeof answerTimesSchema>;

/** Waits that listen and whose length is written. */
export const listeningSeconds = ({ kind, branches, form: { seconds } }: PlanNode): number | undefined =>
  kind === 'wait' && branches.length > 0 ? seconds : undefined;

/** @param sums of days on which every wait that began is over by now */
export const answerTimesOf = (node: PlanNode, sums: Sums): AnswerTimes | undefined => {
  const waitSeconds = listeningSeconds(node);
  if (waitSeconds === undefined) return undefined;
  const heard = sketchOf(sums, counterName(node.id, 'heardIn', ''));
  const answers = [...heard.values()].reduce((a, b) => a + b, 0);
  const unanswered = Math.max(0, sums.get(counterName(node.id, 'answer', otherwise)) ?? 0);
  if (answers === 0) return undefined;
  const within = [...edgesUpTo(waitSeconds - 1), waitSeconds].map((seconds) => {
    const until = [...heard].filter(([edge]) => edge <= seconds || seconds === waitSeconds);
    const count = until.reduce((sum, [, found]) => sum + found, 0);
    return {
      ...{ seconds, count, ofAnswers: rateOf(count, answers) },
      ofAll: rateOf(count, answers + unanswered),
    };
  });
  return {
    ...{ waitSeconds, answers, unanswered },
    // Of lengths in which nothing came the first and the last say all.
    within: within.filter(
      ({ count }, i) => count !== (within[i - 1]?.count ?? 0) || count !== within[i + 1]?.count,
    ),
  };
};
