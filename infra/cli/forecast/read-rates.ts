import { type Rates, ratesSchema } from '../../forecast/rates/rates-schema.ts';
import { Failure } from '../failure.ts';
import { readJsonFile } from '../files.ts';

/** Everything that is wrong with the file is named at once. */
export const readRatesFile = (file: string): Rates => {
  const parsed = ratesSchema.safeParse(readJsonFile(file));
  if (parsed.success) return parsed.data;
  throw new Failure(
    [
      `${file} is no file of rates:`,
      ...parsed.error.issues.map(({ path, message }) => `  ${path.join('.') || 'the file'}: ${message}`),
    ].join('\n'),
  );
};
