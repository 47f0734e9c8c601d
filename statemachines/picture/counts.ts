/** How many contacts came along, for the edges of a picture. What is left out is not drawn. */
export interface PictureCounts {
  /** Runs that began. */
  entered?: number;
  /** Runs that came to a step, by its id. */
  steps?: Readonly<Record<string, number>>;
  /** Runs that took an answer, by `<step>/<answer>`. */
  answers?: Readonly<Record<string, number>>;
}

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
