/** How many contacts came along, for the edges of a picture. What is left out is not drawn. */
export interface PictureCounts {
  /** Runs that began. */
  entered?: number;
  /** Runs that came to a step, by its id. */
  steps?: Readonly<Record<string, number>>;
  /** Runs that took an answer, by `<step>/<answer>`. */
  answers?: Readonly<Record<string, number>>;
}

/** What a picture needs of the answer of `GET /v1/journeys/{id}/report`. */
export interface Counted {
  entered: number;
  steps: readonly {
    id: string;
    entered: number;
    answers: readonly { answer: string; count: number }[];
  }[];
}

export const countsOf = ({ entered, steps }: Counted): PictureCounts => ({
  entered,
  steps: Object.fromEntries(steps.map((step) => [step.id, step.entered])),
  answers: Object.fromEntries(
    steps.flatMap(({ id, answers }) => answers.map(({ answer, count }) => [`${id}/${answer}`, count])),
  ),
});

/** With the share of all runs that began. */
export const stepCount = (counts: PictureCounts, step: string): string | undefined => {
  const count = own(counts.steps, step);
  return count !== undefined && counts.entered
    ? `${written(count)} · ${percent(count, counts.entered)}`
    : written(count);
};

const percent = (part: number, whole: number): string => `${Math.round((100 * part) / whole)} %`;

/** With the share of all answers of the step. */
export const answerCount = (
  counts: PictureCounts,
  step: string,
  answer: string,
  all: readonly string[],
): string | undefined => {
  const count = own(counts.answers, `${step}/${answer}`);
  const sum = all.reduce((total, each) => total + (own(counts.answers, `${step}/${each}`) ?? 0), 0);
  if (count === undefined || sum === 0) return written(count);
  return `${written(count)} · ${percent(count, sum)}`;
};

const own = (record: Readonly<Record<string, number>> | undefined, key: string): number | undefined =>
  record && Object.hasOwn(record, key) ? record[key] : undefined;

export const written = (count: number | undefined): string | undefined => count?.toLocaleString('en');
