import type { Report } from '#functions/reports/read-report/report';
import type { PictureCounts } from '#statemachines/picture/counts';

/** What a report says of the ways through a journey, for its picture. */
export const countsOf = ({ entered, steps }: Report): PictureCounts => ({
  entered,
  steps: Object.fromEntries(steps.map((step) => [step.id, step.entered])),
  answers: Object.fromEntries(
    steps.flatMap(({ id, answers }) => answers.map(({ answer, count }) => [`${id}/${answer}`, count])),
  ),
});
