import { number, percent } from '../../../words/format.ts';
import { words } from '../../../words/words.ts';
import type { StepReport } from '../api-shapes.ts';

export interface StepFigure {
  name: string;
  value: string;
}

const said = words.journeys.step;

type Rate = NonNullable<StepReport['evidence']>['arms'][number]['rate'];

/** Never a bare percentage. */
export const rateWords = ({ value, low, high, of }: Rate): string =>
  value === null
    ? words.journeys.evidence.none
    : words.journeys.evidence.rate(percent(value, 1), percent(low, 1), percent(high, 1), number(of));

/** What a message is measured by is a share of those that were sent; other zeros are left out. */
const measured = ['delivered', 'opened', 'clicked', 'converted'] as const;
const rare = ['waiting', 'bounced', 'complained', 'indeterminate'] as const;
const reasons = ['held', 'skipped', 'failed'] as const;

export const stepFigures = (step: StepReport): StepFigure[] => [
  { name: said.entered, value: number(step.entered) },
  ...(step.sent > 0 ? sentFigures(step) : goalFigure(step)),
  ...rare.flatMap((what) => (step[what] > 0 ? [{ name: said[what], value: number(step[what]) }] : [])),
  ...reasons.flatMap((what) =>
    Object.entries(step[what]).map(([reason, n]) => ({ name: `${said[what]}: ${reason}`, value: number(n) })),
  ),
];

const sentFigures = (step: StepReport): StepFigure[] => [
  { name: said.sent, value: number(step.sent) },
  ...measured.map((what) => ({
    name: said[what],
    value: said.answerRate(number(step[what]), percent(step[what], step.sent)),
  })),
];

const goalFigure = ({ converted, entered }: StepReport): StepFigure[] =>
  converted > 0
    ? [{ name: said.converted, value: said.answerRate(number(converted), percent(converted, entered)) }]
    : [];

export interface AnswerFigure {
  answer: string;
  count: number;
  share: string;
  goal: string;
}

export const answerFigures = ({ answers }: StepReport): AnswerFigure[] => {
  const all = answers.reduce((sum, { count }) => sum + count, 0);
  return answers.map(({ answer, count, goal }) => ({
    ...{ answer, count, share: percent(count, all) },
    goal: goal && goal.value !== null ? said.goalRate(rateWords(goal)) : '',
  }));
};
