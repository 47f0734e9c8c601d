import type { Report } from '#functions/reports/read-report/report';

/** What a demo must not leave: a leaf that nobody reached, a run that goes on or failed, a message of unknown fate. */
export const shortfalls = ({ journey, entered, active, ended, leaves, steps }: Report): string[] => {
  const over = Object.values(ended).reduce((sum, n) => sum + n, 0);
  return [
    ...leaves.filter(({ count }) => count === 0).map(({ id }) => `nobody reached the leaf ${id}`),
    ...(active > 0 || over !== entered ? [`${entered} runs began and ${over} ended`] : []),
    ...(ended.failed ? [`${ended.failed} runs failed`] : []),
    ...steps.flatMap(({ id, failed, indeterminate }) => [
      ...Object.entries(failed).map(([reason, n]) => `${n} messages of step ${id} failed: ${reason}`),
      ...(indeterminate > 0 ? [`${indeterminate} messages of step ${id} are of unknown fate`] : []),
    ]),
  ].map((text) => `${journey}: ${text}`);
};
