import { type Rates, ratesSchema } from '#model/forecast-rates';
import { readFormedFile } from '../files.ts';

export const readRatesFile = (file: string): Rates => readFormedFile(file, ratesSchema, 'rates');
