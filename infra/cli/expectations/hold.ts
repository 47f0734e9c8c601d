import { createProgress } from '../output/progress.ts';
import { caseJson, describeCase } from './describe.ts';
import { journeyOf } from './find.ts';
import { readExpectations } from './read.ts';
import { runExpectations } from './run.ts';
import { updateExpectations } from './update.ts';

export interface HoldOptions {
  client?: string | undefined;
  update?: boolean | undefined;
  json?: boolean | undefined;
}

/** Plays files of expectations and prints what does not hold. @returns whether all of it does */
export const holdExpectations = async (
  files: readonly { file: string; journey?: string }[],
  { client, update, json }: HoldOptions,
): Promise<boolean> => {
  const told: object[] = [];
  let failed = 0;
  let passed = 0;
  for (const { file, journey } of files) {
    const expectations = readExpectations(file);
    const progress = createProgress(file);
    const results = await runExpectations(
      expectations,
      journey ?? journeyOf(file, expectations.journey),
      client,
      progress.step,
    ).finally(progress.end);
    const wrong = results.filter(({ differences }) => differences.length > 0).length;
    passed += results.length - wrong;
    failed += wrong;
    told.push({ file, cases: results.map(caseJson) });
    if (update) updateExpectations(file, results);
    if (!json) console.log([file, ...results.map(describeCase)].join('\n'));
  }
  if (json) console.log(JSON.stringify(told, null, 2));
  else console.log(summary(passed, failed, update));
  return failed === 0 || update === true;
};

const summary = (passed: number, failed: number, update: boolean | undefined): string => {
  if (failed === 0) return `\n${passed} expectation${passed === 1 ? ' holds' : 's hold'}.`;
  const wrong = `${failed} of ${passed + failed} expectations ${failed === 1 ? 'does' : 'do'} not hold`;
  return update
    ? `\n${wrong}: what happened is written as the new expectation. Read the difference before you keep it.`
    : `\n${wrong}. If the journey is right, --update writes what happened.`;
};
