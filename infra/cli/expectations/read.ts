import { type Expectations, expectationSchema } from '#statemachines/expectations/schema';
import { Failure } from '../failure.ts';
import { readFormedFile } from '../files.ts';

export const readExpectations = (file: string): Expectations => {
  const expectations = readFormedFile(file, expectationSchema, 'expectations');
  const names = expectations.cases.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Failure(`${file}: two cases are called ${JSON.stringify(twice)}.`);
  return expectations;
};
