import { type Expectations, expectationSchema } from '#statemachines/expectations/schema';
import { Failure } from '../failure.ts';
import { readJsonFile } from '../files.ts';

/** Everything that is wrong with the file is named at once. */
export const readExpectations = (file: string): Expectations => {
  const parsed = expectationSchema.safeParse(readJsonFile(file));
  if (!parsed.success)
    throw new Failure(
      [
        `${file} is no file of expectations:`,
        ...parsed.error.issues.map(({ path, message }) => `  ${path.join('.') || 'the file'}: ${message}`),
      ].join('\n'),
    );
  const names = parsed.data.cases.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Failure(`${file}: two cases are called ${JSON.stringify(twice)}.`);
  return parsed.data;
};
