import type { CaseResult } from './run.ts';

export const describeCase = ({ name, differences }: Pick<CaseResult, 'name' | 'differences'>): string =>
  [
    `  ${differences.length === 0 ? '✓' : '✗'} ${name}`,
    ...differences.flatMap(({ part, expected, got }) => [
      `      ${part.padEnd(11)} expected  ${expected}`,
      `      ${''.padEnd(11)} got       ${got}`,
    ]),
  ].join('\n');

/** For programs: nothing of the plan in it. */
export const caseJson = ({ name, differences, got }: CaseResult) => ({
  name,
  holds: differences.length === 0,
  differences,
  simulation: got,
});
