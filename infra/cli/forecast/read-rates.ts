import { type Rates, ratesSchema } from '../../forecast/rates/rates-schema.ts';
import { readFormedFile } from '../files.ts';

export const readRatesFile = (file: string): Rates => readFormedFile(file, ratesSchema, 'rates');
